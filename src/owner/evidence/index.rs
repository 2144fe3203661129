//! The page that shows a folder of evidence to people: plain HTML, which will open in many years.

use super::{Evidence, File, Layer, Notice, Screenshot};

/// The page.
pub(super) fn page(evidence: &Evidence) -> String {
    let Evidence {
        kelisim,
        script,
        date,
        operator,
        policy,
        configuration,
        notices,
        screenshots,
        screenshots_missing,
    } = evidence;
    let facts = [
        ("Operator", format!("{}, {}", operator.name, operator.number)),
        ("Policy", format!("{}, version {}", policy.url, policy.version)),
        ("Made on", (*date).to_owned()),
        ("Kelisim", format!("{kelisim}, kelisim.js {script}")),
    ];
    let facts = facts
        .iter()
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(value)))
        .collect::<Vec<_>>()
        .concat();
    let missing = screenshots_missing.as_ref().map_or_else(String::new, |why| {
        format!("<p><strong>There are no screenshots:</strong> {}</p>\n", escaped(why))
    });
    let languages: String = notices.iter().map(|notice| language(notice, screenshots)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Evidence of consent: {title}</title></head><body>\n\
         <h1>What visitors were told and shown</h1>\n\
         <p>The hash of a notice is the member <code>notice</code> of each visitor's record that was made under it. A refusal \
         that was quicker than the words of the settings has the hash of the first layer. \
         <a href=\"evidence.json\">evidence.json</a> says the same as this page, for programs.</p>\n\
         <dl>\n{facts}<dt>Configuration</dt><dd>{configuration}</dd>\n</dl>\n{missing}{languages}</body></html>\n",
        title = escaped(operator.name),
        configuration = link(configuration),
    )
}

fn language(notice: &Notice, screenshots: &[Screenshot]) -> String {
    let pictures: String = screenshots
        .iter()
        .filter(|screenshot| screenshot.language == notice.language)
        .map(picture)
        .collect();
    format!(
        "<h2>{}</h2>\n<p>Notice: {}</p>\n<p>First layer alone: {}</p>\n{pictures}",
        notice.language,
        link(&notice.file),
        link(&notice.first_layer)
    )
}

fn picture(screenshot: &Screenshot) -> String {
    let Screenshot {
        layer,
        device,
        width,
        height,
        file,
        ..
    } = screenshot;
    let layer = match layer {
        Layer::First => "First layer",
        Layer::Settings => "Settings",
    };
    format!(
        "<figure><img src=\"{}\" alt=\"\" width=\"{width}\"><figcaption>{layer}, {device}, {width} × {height}: {}</figcaption></figure>\n",
        file.file,
        link(file)
    )
}

fn link(File { file, sha256 }: &File) -> String {
    format!("<a href=\"{file}\">{file}</a>, SHA-256 <code>{sha256}</code>")
}

/// Words as text of a page: no word of an owner becomes markup.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
