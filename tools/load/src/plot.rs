//! Plots as SVG.

use std::fmt::Write as _;

use crate::measure::ActSummary;

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 56.0;
const BOTTOM: f64 = 28.0;
const TOP: f64 = 22.0;

fn svg(title: &str, inside: &str) -> String {
    format!(
        "<svg width={WIDTH} height={HEIGHT} viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=img aria-label=\"{title}\">\
         <text x={LEFT} y=14>{title}</text>{inside}</svg>"
    )
}

fn put(text: &mut String, what: &str) {
    let written = text.write_str(what);
    debug_assert!(written.is_ok(), "a text takes everything");
}

/// Latency over the share of acts: one more nine is one step to the right.
pub fn curve(act: &ActSummary) -> String {
    let slowest = act.curve.iter().map(|(_, ms)| *ms).fold(1.0, f64::max);
    let nines = |share: f64| -(1.0 - share.min(0.999_99)).log10();
    let x = |share: f64| LEFT + nines(share) / 5.0 * (WIDTH - LEFT - 10.0);
    let y = |ms: f64| HEIGHT - BOTTOM - ms / slowest * (HEIGHT - BOTTOM - TOP);
    let mut inside = String::new();
    for (share, label) in [(0.0, "0"), (0.9, "90 %"), (0.99, "99 %"), (0.999, "99.9 %"), (0.9999, "99.99 %")]
    {
        let (x, bottom) = (x(share), HEIGHT - BOTTOM);
        put(&mut inside, &format!("<line class=axis x1={x:.0} x2={x:.0} y1={TOP} y2={bottom} />"));
        put(&mut inside, &format!("<text x={x:.0} y={} text-anchor=middle>{label}</text>", HEIGHT - 10.0));
    }
    for part in [0.0, 0.5, 1.0] {
        let y = y(slowest * part);
        put(&mut inside, &format!("<line class=axis x1={LEFT} x2={WIDTH} y1={y:.0} y2={y:.0} />"));
        put(
            &mut inside,
            &format!("<text x={} y={:.0} text-anchor=end>{:.0}</text>", LEFT - 6.0, y + 4.0, slowest * part),
        );
    }
    let points: Vec<String> =
        act.curve.iter().map(|(share, ms)| format!("{:.1},{:.1}", x(*share), y(*ms))).collect();
    put(&mut inside, &format!("<polyline class=curve points=\"{}\" />", points.join(" ")));
    svg("Latency in ms, by share of acts", &inside)
}

/// The slowest act of each second.
pub fn seconds(act: &ActSummary) -> String {
    let Some((last, _)) = act.seconds.last_key_value() else { return String::new() };
    let slowest = act.seconds.values().map(|second| second.slowest_us).max().unwrap_or(1).max(1) as f64;
    let step = (WIDTH - LEFT - 10.0) / (*last as f64 + 1.0);
    let mut inside = String::new();
    for part in [0.0, 0.5, 1.0] {
        let y = HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
        put(&mut inside, &format!("<line class=axis x1={LEFT} x2={WIDTH} y1={y:.0} y2={y:.0} />"));
        let ms = slowest * part / 1e3;
        put(&mut inside, &format!("<text x={} y={:.0} text-anchor=end>{ms:.0}</text>", LEFT - 6.0, y + 4.0));
    }
    for (second, at) in &act.seconds {
        let height = at.slowest_us as f64 / slowest * (HEIGHT - BOTTOM - TOP);
        put(
            &mut inside,
            &format!(
                "<rect class=bar x={:.1} y={:.1} width={:.1} height={height:.1} />",
                LEFT + *second as f64 * step,
                HEIGHT - BOTTOM - height,
                (step * 0.8).max(0.5)
            ),
        );
    }
    put(&mut inside, &format!("<text x={LEFT} y={}>0 s</text>", HEIGHT - 10.0));
    put(
        &mut inside,
        &format!("<text x={} y={} text-anchor=end>{} s</text>", WIDTH - 10.0, HEIGHT - 10.0, last + 1),
    );
    svg("Slowest act in ms, by second", &inside)
}
