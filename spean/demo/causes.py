"""Causes behind several concerns, in words that are safe for everybody; what committees answer. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """One issue's public words, and what an invented committee commits to, reports and, elsewhere, declines."""

    kind: str
    title_km: str
    title_en: str
    summary_km: str
    summary_en: str
    commitment: str
    office: str
    done: str
    cannot: str
    why_not: str


CAUSES = (
    Cause(
        "fees", "អ្នកនាំយកប្រាក់ដោយគ្មានបង្កាន់ដៃ", "Recruiters take money without a receipt",
        "អ្នកភូមិជាច្រើនបានបង់ប្រាក់ឱ្យអ្នកនាំទៅធ្វើការក្រៅប្រទេស ដោយគ្មានបង្កាន់ដៃ ហើយមិនដឹងថ្លៃផ្លូវការ។",
        "Many people in the village paid recruiters for work abroad without a receipt, and do not know the official price.",
        "បិទផ្សាយតារាងតម្លៃផ្លូវការនៅសាលាឃុំ និងពន្យល់ក្នុងកិច្ចប្រជុំភូមិនីមួយៗ។", "commune_chief",
        "តារាងតម្លៃត្រូវបានបិទផ្សាយនៅសាលាឃុំ ហើយបានពន្យល់ក្នុងកិច្ចប្រជុំ។",
        "ការកំណត់តម្លៃសេវាជ្រើសរើសមិនមែនជាអំណាចរបស់ឃុំទេ។", "not_competent",
    ),
    Cause(
        "fees", "ថ្លៃធ្វើលិខិតឆ្លងដែនលើសកំណត់", "Passport fees above the official price",
        "អ្នកភូមិត្រូវបានគេទារប្រាក់លើសតម្លៃ ដើម្បីធ្វើលិខិតឆ្លងដែនតាមរយៈអ្នកកណ្ដាល។",
        "Middlemen ask villagers for more than the official price to have a passport made.",
        "រៀបចំថ្ងៃណែនាំអំពីការធ្វើលិខិតឆ្លងដែនដោយផ្ទាល់ ដោយគ្មានអ្នកកណ្ដាល។", "commune_clerk",
        "បានរៀបចំថ្ងៃណែនាំ ហើយអ្នកចូលរួមបានទទួលឯកសារណែនាំម្នាក់មួយច្បាប់។",
        "ឃុំគ្មានថវិកាសម្រាប់រៀបចំថ្ងៃណែនាំនៅឆ្នាំនេះទេ។", "no_means",
    ),
    Cause(
        "documents_kept", "អ្នកនាំកាន់ឯកសាររបស់អ្នកភូមិ", "Recruiters keep villagers' papers",
        "អ្នកនាំបានយកអត្តសញ្ញាណប័ណ្ណ និងសៀវភៅគ្រួសារទុក ហើយមិនប្រគល់វិញ។",
        "Recruiters took identity cards and family books and do not give them back.",
        "អញ្ជើញអ្នកដែលកាន់ឯកសារមកសាលាឃុំ ដើម្បីប្រគល់ឯកសារវិញដល់ម្ចាស់។", "police_post",
        "ឯកសារត្រូវបានប្រគល់វិញដល់ម្ចាស់នៅសាលាឃុំ។",
        "យើងរកមិនឃើញអ្នកដែលកាន់ឯកសារនៅក្នុងឃុំទេ។", "not_found",
    ),
    Cause(
        "office_refuses", "សំបុត្រកំណើតយឺតយ៉ាវ", "Birth certificates are delayed",
        "គ្រួសាររង់ចាំសំបុត្រកំណើតយូរ ហើយត្រូវមកសាលាឃុំច្រើនដង។",
        "Families wait long for birth certificates and have to come to the commune office many times.",
        "បើកបញ្ជរសំបុត្រកំណើតរាល់ព្រឹកថ្ងៃសៅរ៍ រហូតដល់បញ្ចប់ពាក្យសុំដែលនៅសល់។", "commune_clerk",
        "បញ្ជរបានបើករាល់ព្រឹកថ្ងៃសៅរ៍ ហើយពាក្យសុំដែលនៅសល់ត្រូវបានដោះស្រាយ។",
        "ទម្រង់បែបបទអស់ពីស្តុក ត្រូវរង់ចាំស្រុក។", "no_means",
    ),
    Cause(
        "office_refuses", "សៀវភៅគ្រួសារមានកំហុសឈ្មោះ", "Wrong names in family books",
        "អក្សរខុសក្នុងសៀវភៅគ្រួសារធ្វើឱ្យអ្នកភូមិសុំលិខិតឆ្លងដែនមិនបាន។",
        "Spelling mistakes in family books stop villagers from getting a passport.",
        "ទទួលពាក្យសុំកែឈ្មោះនៅសាលាឃុំ ហើយបញ្ជូនទៅស្រុកជារៀងរាល់សប្ដាហ៍។", "commune_clerk",
        "ពាក្យសុំកែឈ្មោះទាំងអស់ត្រូវបានបញ្ជូន ហើយសៀវភៅដែលកែរួចបានមកដល់។",
        "ការកែឈ្មោះជាសមត្ថកិច្ចរបស់ថ្នាក់ស្រុក។", "not_competent",
    ),
    Cause(
        "unpaid_wages", "កម្មករសំណង់មិនបានប្រាក់ឈ្នួល", "Building workers are not paid",
        "កម្មករដែលទៅធ្វើការសំណង់ជាក្រុម មិនទទួលបានប្រាក់ឈ្នួលជាច្រើនខែ។",
        "Workers who went to building sites as a group have not been paid for months.",
        "ជួយកម្មករបំពេញពាក្យបណ្ដឹង ហើយបញ្ជូនទៅមន្ទីរការងារខេត្ត។", "women_children",
        "ពាក្យបណ្ដឹងត្រូវបានបញ្ជូន ហើយកម្មករបានទទួលប្រាក់មួយភាគធំ។",
        "អ្នកម៉ៅការមិននៅក្នុងឃុំយើងទេ។", "not_found",
    ),
    Cause(
        "no_news", "បាត់ដំណឹងអ្នកចំណាកស្រុក", "No news of people who left",
        "គ្រួសារជាច្រើនបាត់ដំណឹងសមាជិកដែលទៅធ្វើការក្រៅប្រទេស ហើយមិនដឹងត្រូវសុំជំនួយនៅទីណា។",
        "Several families have no news of members who left for work abroad and do not know where to ask.",
        "ចុះបញ្ជីសំណើរបស់គ្រួសារ ហើយផ្ញើជាផ្លូវការទៅគណៈកម្មាធិការខេត្តរៀងរាល់ខែ។", "women_children",
        "សំណើទាំងអស់បានផ្ញើ ហើយគ្រួសារមួយចំនួនបានទទួលដំណឹងវិញ។",
        "ឃុំគ្មានមធ្យោបាយទាក់ទងក្រៅប្រទេសទេ។", "not_competent",
    ),
    Cause(
        "marriage", "ការផ្គូផ្គងរៀបការក្រៅប្រទេស", "Brokers for marriage abroad",
        "អ្នកផ្គូផ្គងដើរណែនាំគ្រួសារឱ្យរៀបការកូនស្រីទៅក្រៅប្រទេស ដោយលាក់បាំងព័ត៌មាន។",
        "Matchmakers go from family to family for marriages abroad and hide what the families need to know.",
        "រៀបចំកិច្ចប្រជុំពន្យល់ច្បាប់អំពីអាពាហ៍ពិពាហ៍ជាមួយជនបរទេស នៅគ្រប់ភូមិ។", "women_children",
        "កិច្ចប្រជុំត្រូវបានរៀបចំនៅគ្រប់ភូមិ។",
        "មិនមានភ័ស្តុតាងគ្រប់គ្រាន់នៅក្នុងឃុំទេ។", "not_found",
    ),
    Cause(
        "venues", "ហាងកម្សាន្តប្រើពលកម្មក្មេង", "Very young workers in entertainment venues",
        "អ្នកភូមិបារម្ភអំពីក្មេងវ័យជំទង់ធ្វើការពេលយប់នៅហាងកម្សាន្ត។",
        "Villagers worry about teenagers who work at night in entertainment venues.",
        "ចុះពិនិត្យហាងជាមួយប៉ូលិសប៉ុស្តិ៍ ហើយណែនាំម្ចាស់ហាងអំពីអាយុតាមច្បាប់។", "police_post",
        "បានចុះពិនិត្យពីរលើក ហើយម្ចាស់ហាងបានចុះកិច្ចសន្យា។",
        "ហាងស្ថិតនៅក្រៅដែនដីឃុំ។", "not_competent",
    ),
    Cause(
        "children", "កុមារដែលឪពុកម្ដាយចំណាកស្រុកឈប់រៀន", "Children of migrants leave school",
        "កុមារដែលនៅជាមួយជីដូនជីតា ឈប់រៀនព្រោះគ្មានអ្នកជូន និងគ្មានសម្ភារៈ។",
        "Children who live with grandparents leave school, for nobody takes them and there is no material.",
        "បង្កើតបញ្ជីកុមារ ហើយរួមជាមួយសាលារៀនផ្ដល់សម្ភារៈសិក្សា។", "women_children",
        "កុមារភាគច្រើនបានត្រឡប់ចូលរៀនវិញ ដោយមានសម្ភារៈ។",
        "ថវិកាសម្រាប់សម្ភារៈមិនទាន់មានឆ្នាំនេះ។", "no_means",
    ),
    Cause(
        "agency", "ទីភ្នាក់ងារពន្យារពេលចេញដំណើរ", "An agency puts off departures",
        "អ្នកដាក់ពាក្យបានបង់ថ្លៃហាត់រៀន តែការចេញដំណើរត្រូវបានពន្យារជាច្រើនដង។",
        "Applicants paid for training, and their departure has been put off again and again.",
        "ផ្ញើលិខិតទៅមន្ទីរការងារ សុំពិនិត្យអាជ្ញាប័ណ្ណ និងការសងប្រាក់វិញ។", "commune_chief",
        "មន្ទីរការងារបានពិនិត្យ ហើយទីភ្នាក់ងារបានចាប់ផ្ដើមសងប្រាក់។",
        "ឃុំមិនមានសិទ្ធិពិនិត្យទីភ្នាក់ងារទេ។", "law",
    ),
    Cause(
        "scam", "ការផ្សាយការងារបោកប្រាស់តាមអ៊ីនធឺណិត", "False job offers online",
        "យុវជនក្នុងភូមិត្រូវបានទាក់ទាញដោយការផ្សាយការងារក្លែងក្លាយតាមអ៊ីនធឺណិត។",
        "Young people are drawn in by false job offers online.",
        "ប្រកាសព្រមានតាមឧបំផ្លួរភូមិ និងបិទផ្ទាំងព័ត៌មាននៅសាលារៀន។", "village_chief",
        "បានប្រកាសព្រមានរាល់សប្ដាហ៍ ហើយផ្ទាំងព័ត៌មានត្រូវបានបិទ។",
        "ឃុំមិនអាចបិទគណនីអ៊ីនធឺណិតបានទេ។", "not_competent",
    ),
    Cause(
        "debt", "បំណុលថ្លៃធ្វើដំណើរការប្រាក់ខ្ពស់", "High interest on loans for leaving",
        "គ្រួសារខ្ចីប្រាក់ថ្លៃធ្វើដំណើរដោយការប្រាក់ខ្ពស់ ហើយដីត្រូវគេគំរាមយក។",
        "Families borrow for the journey at high interest and are threatened with the loss of their land.",
        "សម្របសម្រួលរវាងគ្រួសារ និងម្ចាស់បំណុល នៅសាលាឃុំ តាមអត្រាស្របច្បាប់។", "commune_chief",
        "ការសម្របសម្រួលត្រូវបានធ្វើ ហើយអត្រាការប្រាក់ត្រូវបានបន្ថយ។",
        "កិច្ចសន្យាបំណុលឯកជនត្រូវដោះស្រាយនៅតុលាការ។", "law",
    ),
    Cause(
        "risky", "អ្នកនាំឆ្លងដែនពេលយប់", "Guides who cross the border at night",
        "អ្នកនាំប្រមូលមនុស្សឆ្លងដែនខុសច្បាប់ពេលយប់ តាមផ្លូវគ្រោះថ្នាក់។",
        "Guides gather people to cross the border at night by dangerous ways.",
        "ល្បាតផ្លូវជាមួយប៉ូលិសប៉ុស្តិ៍ និងផ្ដល់ព័ត៌មានអំពីផ្លូវច្បាប់។", "police_post",
        "បានល្បាតរៀងរាល់សប្ដាហ៍ ហើយចែកព័ត៌មានដល់គ្រប់ភូមិ។",
        "ឃុំគ្មានប៉ូលិសគ្រប់គ្រាន់សម្រាប់ល្បាតទេ។", "no_means",
    ),
    Cause(
        "other", "អ្នកត្រឡប់មកវិញគ្មានការងារ", "No work for those who come back",
        "អ្នកដែលត្រឡប់ពីក្រៅប្រទេសវិញរកការងារមិនបាន ហើយត្រូវគេនិយាយអាក្រក់។",
        "People who come back find no work and are talked about badly.",
        "ភ្ជាប់អ្នកត្រឡប់មកវិញជាមួយវគ្គបណ្ដុះបណ្ដាលវិជ្ជាជីវៈ។", "women_children",
        "អ្នកត្រឡប់មកវិញបានចូលរៀនវគ្គបណ្ដុះបណ្ដាលដំបូង។",
        "មិនមានវគ្គបណ្ដុះបណ្ដាលនៅក្នុងឃុំទេ។", "no_means",
    ),
)  # fmt: skip
