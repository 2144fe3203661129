//! Stand-ins for the vendors: what their hosts answer, small scripts that write down how they were called.
//!
//! They drain the same queues as the real ones and leave the same kinds of traces (cookies on the parent domain,
//! beacons), so that a visit sees what a real vendor would have done. They decide nothing.

use crate::internet::Answer;

/// What a vendor's host answers; `None` for a host or path that no vendor has.
pub fn answer(host: &str, path: &str) -> Option<Answer> {
    match (host, path) {
        ("mc.yandex.ru", "/metrika/tag.js") => Some(Answer::script(include_str!("stand_ins/metrika.js"))),
        ("www.googletagmanager.com", "/gtag/js") => Some(Answer::script(include_str!("stand_ins/gtag.js"))),
        ("www.googletagmanager.com", "/gtm.js") => Some(Answer::script(include_str!("stand_ins/gtm.js"))),
        ("top-fwz1.mail.ru", "/js/code.js") => Some(Answer::script(include_str!("stand_ins/top_mail_ru.js"))),
        ("www.youtube.com" | "www.youtube-nocookie.com", path) if path.starts_with("/embed/") => {
            Some(Answer::page("<!DOCTYPE html><title>video</title><p>video</p>"))
        }
        ("mc.yandex.ru" | "www.google-analytics.com" | "top-fwz1.mail.ru", _) => Some(pixel()),
        _ => None,
    }
}

/// A transparent image of one pixel, which is what a beacon gets.
fn pixel() -> Answer {
    let image: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\
        \x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    Answer::new("image/gif", image)
}
