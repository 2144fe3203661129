//! Names of the page's that the module has a number for: properties, methods, attributes, selectors, words. `host.js` gets
//! all of them once and holds each where its place says, so a name in the code is a number, and no call has to decode it.

use super::object::Object;

/// Every name, in the order of their numbers. A name that is said nowhere fails a test.
pub(crate) const NAMES: &str = "\
*|.kelisim-choice,[data-kelisim=reopen]|0|:focus-within,:has(dialog)|Date|Math|Object|Reflect|[data-kelisim-action]|\
[data-kelisim=banner]|[data-kelisim=placeholder]|[data-position=top]|[defer]|[defer],[async],[type=module]|\
activeElement|added|append|appendChild|apply|async|body|body,#kelisim-root>section~button|body>div#kelisim-root|\
checked|clientHeight|cloneNode|close|closest|code|complain|consent|contains|content|cookie|cookies|copy|createElement|\
createTextNode|cssText|data|data-category|data-href|data-kelisim-action|data-kelisim-category|data-kelisim-language|\
data-kelisim-service|data-kelisim-state|data-poster|data-service|data-src|data-srcset|data-type|decodeURIComponent|\
deleteProperty|dequeue|dialog|dialog:not([open])|displace|div|doNotTrack|documentElement|dress|edited|emit|enqueue|\
fetch|file|firstChild|firstElementChild|focus|frame|get|getAttribute|getAttributeNames|getEntriesByType|getItem|\
globalPrivacyControl|gtag|head|hostname|href|ids|iframe,video,audio,object,embed,template[data-category=media]|\
includes|insertBefore|is|isConnected|isSameNode|kelisim|kelisim-receipts|kept|keys|lang|language|languages|\
lastElementChild|later|length|localStorage|location|made|matches|navigation|navigator|next|nextSibling|nodeType|nonce|\
now|offsetHeight|open|parentNode|pathname|performance|place|places|post|poster|protocol|querySelector|querySelectorAll|\
queue|random|reload|remove|removeAttribute|removeItem|replace|replaceChild|reply|room|root|script|\
script:not([type='text/plain'])|scripted|scroll-padding-bottom|scroll-padding-top|scrollHeight|section|section~button|\
seenCookie|seenRecord|setAttribute|setItem|setProperty|showModal|silent|src|srcset|style|template|text|textContent|\
textarea|tidied|type|url|value|values|wait|waiting";

/// What `host.js` holds under a name of [`NAMES`]; one that is not among them does not compile.
macro_rules! name {
    ($name:literal) => {
        const { $crate::browser::names::named($name) }
    };
}
pub(crate) use name;

/// The same as a function, which runs while the module is compiled.
#[allow(
    clippy::indexing_slicing,
    reason = "it runs in the compiler, and both places are bounded by the loop"
)]
pub(crate) const fn named(name: &str) -> Object {
    let (name, names) = (name.as_bytes(), NAMES.as_bytes());
    let (mut start, mut place) = (0, 0);
    loop {
        let mut length = 0;
        while start + length < names.len() && names[start + length] != b'|' {
            length += 1;
        }
        let mut same = 0;
        while same < length && same < name.len() && names[start + same] == name[same] {
            same += 1;
        }
        if same == length && same == name.len() {
            return Object::at(place);
        }
        assert!(start + length < names.len(), "put the name into NAMES");
        start += length + 1;
        place += 1;
    }
}
