"""Addresses about people: one's own pages, teams, keys, the trail. Part of the desk's, under /km/desk/ and /en/desk/."""

from django.urls import path

from spean.surfaces.desk import me, people, trail, unlocking

urlpatterns = [
    path("unlock/", unlocking.unlock, name="unlock"),
    path("lock/", unlocking.lock, name="lock"),
    path("me/", me.me, name="me"),
    path("me/password/", me.change_password, name="change_password"),
    path("me/recovery-code/", me.new_recovery_code, name="new_recovery_code"),
    path("me/reminders/", me.reminders, name="reminders"),
    path("me/reminders/calendar/", me.new_feed, name="new_feed"),
    path("me/reminders/calendar/end/", me.end_feed, name="end_feed"),
    path("recover/", me.recover, name="recover"),
    path("join/<str:token>/", me.join, name="join"),
    path("people/", people.people, name="people"),
    path("people/vouch/", people.vouch, name="vouch"),
    path("people/new-team/", people.new_team, name="new_team"),
    path("people/members/<uuid:membership>/end/", people.end, name="end_membership"),
    path("people/members/<uuid:membership>/hand-over/", people.hand_over, name="hand_over"),
    path("people/<uuid:pk>/", people.team, name="team"),
    path("people/<uuid:pk>/invite/", people.invite, name="invite"),
    path("people/<uuid:pk>/invitations/<uuid:invitation>/withdraw/", people.withdraw, name="withdraw_invitation"),
    path("people/<uuid:pk>/key/", people.start_key, name="start_key"),
    path("people/<uuid:pk>/key/change/", people.rotate_key, name="rotate_key"),
    path("people/<uuid:pk>/key/<uuid:user>/", people.give_key, name="give_key"),
    path("trail/", trail.trail, name="trail"),
    path("trail/check/", trail.check, name="trail_check"),
]
