// The list's filters: fields left empty stay out of the address, so that it can be read and shared.
const form = document.querySelector("form[data-filters]");
if (form instanceof HTMLFormElement) {
  form.addEventListener("formdata", (event) => {
    for (const name of [...event.formData.keys()]) {
      if (event.formData.get(name) === "") event.formData.delete(name);
    }
    if (event.formData.get("sort") === "date_desc") event.formData.delete("sort");
  });
}
