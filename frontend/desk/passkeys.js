// Passkeys: what the server asks, handed to the browser; what the browser answers, handed back in a form.
// `<form data-passkey="create|get" data-options="{…}">`, or `data-ask="address"` where the options are asked for at the click.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const named = (one) => ({ ...one, id: bytes(one.id) });

/** The options as the browser wants them: bytes where the server wrote base64. */
function understood({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = named(asked.user);
  for (const name of ["excludeCredentials", "allowCredentials"]) if (asked[name]) asked[name] = asked[name].map(named);
  return { publicKey: asked };
}

/** The answer as the server wants it. */
function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  const { id, type } = credential;
  return { id, rawId: text(credential.rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() };
}

async function options(form) {
  if (!form.dataset.ask) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function answer(form, failed) {
  failed.hidden = true;
  try {
    const asked = understood(await options(form));
    const credential = await navigator.credentials[form.dataset.passkey](asked);
    form.elements.credential.value = JSON.stringify(written(credential));
    form.submit();
  } catch {
    failed.hidden = false; // cancelled, not known on this device, or no network: the other ways stand beside it
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!globalThis.PublicKeyCredential) break;
  const failed = form.querySelector("[data-passkey-failed]");
  form.hidden = false;
  for (const none of document.querySelectorAll("[data-no-passkey]")) none.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form, failed);
  });
}
