// Tells the server in which time zone the new user's "today" and "this month" are.
const field = document.querySelector("input[name=time_zone]");
if (field instanceof HTMLInputElement && !field.value) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
