import { defineConfig } from "html-validate";

export default defineConfig({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
        // The pages ask no other host for anything; files of our own come over the same connection as the page that names them.
        "require-sri": ["error", { target: "crossorigin" }],
        // Several categories may be ticked.
        "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
        // What follows is how Razor and ASP.NET Core write HTML. A browser reads it as the same.
        "attr-quotes": ["error", { style: "any", unquoted: false }], // href='@Asset.Of(ViewContext, "css/base.css")'
        "attribute-boolean-style": "off", // checked="checked" of checked="@chosen"
        "void-style": "off", // <input name="csrf_token" … />
        "no-trailing-whitespace": "off", // the line of a directive stays, empty but for its indentation
    },
});
