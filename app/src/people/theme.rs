//! Light, dark, or as the system has it: kept in a cookie, so that the server's first paint has it too.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The cookie's name.
pub const COOKIE: &str = "theme";

/// The theme in a `Cookie` header or `document.cookie`: `light`, `dark`, or nothing for the system's.
#[must_use]
pub fn in_cookies(cookies: &str) -> Option<&'static str> {
    let value = cookies.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
    ["light", "dark"].into_iter().find(|theme| *theme == value)
}

/// The theme chosen on this device. In the browser only.
#[must_use]
pub fn chosen() -> Option<&'static str> {
    let cookies = js_sys::Reflect::get(&document(), &JsValue::from_str("cookie")).ok().and_then(|cookies| cookies.as_string());
    in_cookies(&cookies.unwrap_or_default())
}

/// Chooses a theme for this device; anything but `light` and `dark` is the system's.
pub fn choose(theme: &str) {
    let age = if theme == "light" || theme == "dark" { "31536000" } else { "0" };
    let line = [COOKIE, "=", theme, "; Path=/; SameSite=Lax; Max-Age=", age].concat();
    // a browser without cookies keeps the theme until the next load
    let _ = js_sys::Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&line));
    wear(in_cookies(&[COOKIE, "=", theme].concat()));
}

/// Puts the chosen theme on: the shell's document carries none.
pub fn wear(theme: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // the root element takes any attribute
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}

#[cfg(test)]
mod tests {
    use super::in_cookies;

    #[test]
    fn the_theme_is_read_from_among_other_cookies() {
        assert_eq!(in_cookies("fieldlight=abc; theme=dark"), Some("dark"));
        assert_eq!(in_cookies("theme=purple"), None);
        assert_eq!(in_cookies(""), None);
    }
}
