//! What came out, as JSON and as a page with plots.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::{
    measure::ActSummary,
    plot,
    scenarios::{Figure, Outcome, Scenario},
    server::Database,
    stage::Phase,
};

/// Everything that was run.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// What it ran on.
    pub machine: String,
    /// The command that ran it.
    pub command: String,
    /// By scenario and database, each run.
    pub runs: Vec<Run>,
}

/// One run of a scenario.
#[derive(Debug, Serialize)]
pub struct Run {
    /// The scenario.
    pub scenario: Scenario,
    /// The database.
    pub database: Database,
    /// What came out.
    pub outcome: Outcome,
}

/// A figure's median over the runs of its scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Median {
    /// The scenario.
    pub scenario: Scenario,
    /// The database.
    pub database: Database,
    /// The figure of the median run.
    pub figure: Figure,
    /// What came out of each run.
    pub values: Vec<f64>,
}

impl Report {
    /// A report of what is about to be run here.
    pub fn here() -> Self {
        let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpu
            .lines()
            .find_map(|line| line.strip_prefix("model name"))
            .map_or("", |rest| rest.trim_start_matches([' ', '\t', ':']));
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let command: Vec<String> = std::env::args().skip(1).collect();
        Self {
            machine: format!("{cores} cores ({model}), Linux {}", kernel.trim()),
            command: format!("exam-load {}", command.join(" ")),
            runs: Vec::new(),
        }
    }

    /// Each figure's median over the runs; of what must not happen at all, the worst run.
    pub fn medians(&self) -> Vec<Median> {
        let mut by_name: BTreeMap<(Scenario, &'static str, usize), (Database, Vec<&Figure>)> =
            BTreeMap::new();
        for run in &self.runs {
            for (place, figure) in run.outcome.figures.iter().enumerate() {
                let key = (run.scenario, run.database.name(), place);
                by_name.entry(key).or_insert_with(|| (run.database, Vec::new())).1.push(figure);
            }
        }
        by_name
            .into_iter()
            .filter_map(|((scenario, _, _), (database, mut figures))| {
                let values = figures.iter().map(|figure| figure.value).collect();
                figures.sort_by(|one, other| one.value.total_cmp(&other.value));
                // Of an even number of runs the worse one of the two in the middle.
                let first = figures.first()?;
                let place = if first.at_least {
                    (figures.len() - 1) / 2
                } else if first.bound > 0.0 {
                    figures.len() / 2
                } else {
                    // What must not happen must not happen in any run.
                    figures.len() - 1
                };
                let figure = (*figures.get(place)?).clone();
                Some(Median { scenario, database, figure, values })
            })
            .collect()
    }

    /// Whether every median is what it should be.
    pub fn holds(&self) -> bool {
        self.medians().iter().all(|median| median.figure.holds())
    }

    /// Writes `report.json` and `report.html` into `folder`.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
        fs::write(folder.join("report.json"), serde_json::to_vec_pretty(self)?)?;
        fs::write(folder.join("report.html"), self.html())?;
        Ok(())
    }

    /// The medians as a table of text, in Markdown.
    pub fn table(&self) -> String {
        let mut text = String::from(
            "| scenario | database | figure | median | bound | runs |\n|---|---|---|---|---|---|\n",
        );
        for Median { scenario, database, figure, values } in self.medians() {
            let bound = bound(&figure);
            let mark = if figure.holds() { "" } else { " **missed**" };
            let values: Vec<String> = values.iter().map(|value| number(*value)).collect();
            line(
                &mut text,
                &format!(
                    "| {} | {} | {} | {} {}{mark} | {bound} | {} |",
                    scenario.name(),
                    database.name(),
                    figure.name,
                    number(figure.value),
                    figure.unit,
                    values.join(", ")
                ),
            );
        }
        text
    }

    fn html(&self) -> String {
        let mut page = String::from(HEAD);
        line(
            &mut page,
            &format!("<p>{}<br><code>{}</code></p>", escape(&self.machine), escape(&self.command)),
        );
        page.push_str(
            "<table><thead><tr><th>Scenario<th>Database<th>Figure<th>Median<th>Bound<th>Runs</tr></thead>\n",
        );
        for Median { scenario, database, figure, values } in self.medians() {
            let class = if figure.holds() { "holds" } else { "missed" };
            let values: Vec<String> = values.iter().map(|value| number(*value)).collect();
            line(
                &mut page,
                &format!(
                    "<tr class={class}><td>{}<td>{}<td>{}<td class=n>{} {}<td class=n>{}<td class=n>{}</tr>",
                    scenario.name(),
                    database.name(),
                    escape(&figure.name),
                    number(figure.value),
                    figure.unit,
                    bound(&figure),
                    values.join(", ")
                ),
            );
        }
        page.push_str("</table>\n");
        for run in &self.runs {
            line(&mut page, &format!("<h2>{}, {}</h2>", run.scenario.name(), run.database.name()));
            for phase in &run.outcome.phases {
                phase_html(&mut page, phase);
            }
        }
        page
    }
}

fn phase_html(page: &mut String, phase: &Phase) {
    let Phase { name, seconds, server_cpu, database_cpu, generator_cpu, server_memory, acts } = phase;
    line(page, &format!("<section><h3>{}</h3>", escape(name)));
    line(
        page,
        &format!(
            "<p>{seconds:.1} s. CPU: server {server_cpu:.2} s, database {database_cpu:.2} s, generator \
             {generator_cpu:.2} s. Server's memory: {} MiB. {:.0} µs of CPU for each act.</p>",
            server_memory >> 20,
            phase.micros_each()
        ),
    );
    for act in acts {
        let ActSummary { done, p50_ms, p90_ms, p99_ms, p999_ms, max_ms, .. } = act;
        line(
            page,
            &format!(
                "<p><b>{}</b>: {done} done; p50 {p50_ms:.1}, p90 {p90_ms:.1}, p99 {p99_ms:.1}, p99.9 {p999_ms:.1}, \
                 slowest {max_ms:.1} ms</p>",
                act.act.name()
            ),
        );
        for (how, count) in &act.errors {
            line(page, &format!("<p class=missed>{count} failed: {}</p>", escape(how)));
        }
        line(page, &format!("<div class=plots>{}{}</div>", plot::curve(act), plot::seconds(act)));
    }
    page.push_str("</section>\n");
}

fn line(text: &mut String, content: &str) {
    let written = writeln!(text, "{content}");
    debug_assert!(written.is_ok(), "a text takes every line");
}

/// What a figure has to be, in signs; none for one that is only told.
fn bound(figure: &Figure) -> String {
    if figure.bound.is_infinite() {
        return "–".to_owned();
    }
    format!("{} {}", if figure.at_least { "≥" } else { "≤" }, number(figure.bound))
}

/// A number with as many digits as it deserves.
fn number(value: f64) -> String {
    if value == 0.0 || value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const HEAD: &str = "<!doctype html>
<html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width, initial-scale=1\">
<title>exam-load</title>
<style>
:root { color-scheme: light dark; --ink: light-dark(#1c2430, #e7ecf2); --faint: light-dark(#d6dde6, #37414e);
        --line: light-dark(#1f5fbf, #7fb2ff); --bad: light-dark(#b3261e, #ff9b93); --good: light-dark(#1b6b3a, #7fd6a0) }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto }
th, td { text-align: left; padding: .3rem .7rem; border-bottom: 1px solid var(--faint) }
.n { font-variant-numeric: tabular-nums } .missed { color: var(--bad) } .holds td:nth-child(4) { color: var(--good) }
section { border-top: 1px solid var(--faint); margin-top: 1rem }
.plots { display: flex; flex-wrap: wrap; gap: 1rem } svg { max-width: 100%; height: auto }
svg text { font: 11px system-ui, sans-serif; fill: var(--ink) } svg .axis { stroke: var(--faint) }
svg .curve { stroke: var(--line); fill: none; stroke-width: 2 } svg .bar { fill: var(--line) }
</style>
<h1>exam-load</h1>
";

#[cfg(test)]
mod tests {
    use super::*;

    fn run(value: f64, at_least: bool) -> Run {
        bounded(value, at_least, 20.0)
    }

    fn bounded(value: f64, at_least: bool, bound: f64) -> Run {
        let figure = Figure { name: "f".to_owned(), value, unit: "ms", bound, at_least };
        let outcome = Outcome { phases: Vec::new(), figures: vec![figure] };
        Run { scenario: Scenario::Steady, database: Database::Sqlite, outcome }
    }

    fn median(values: &[f64], at_least: bool) -> f64 {
        let runs = values.iter().map(|value| run(*value, at_least)).collect();
        Report { runs, ..Report::default() }.medians()[0].figure.value
    }

    #[test]
    fn the_median_of_an_even_number_of_runs_is_the_worse_of_the_middle() {
        assert_eq!(median(&[30.0, 10.0, 20.0], false), 20.0);
        assert_eq!(median(&[30.0, 10.0], false), 30.0);
        assert_eq!(median(&[30.0, 10.0], true), 10.0);
    }

    #[test]
    fn what_must_not_happen_counts_in_every_run() {
        let runs = [0.0, 7.0, 0.0].map(|errors| bounded(errors, false, 0.0)).into();
        let report = Report { runs, ..Report::default() };
        assert!(!report.holds() && report.medians()[0].figure.value == 7.0);
    }

    #[test]
    fn a_missed_bound_shows_in_the_table() {
        let report = Report { runs: vec![run(30.0, false)], ..Report::default() };
        assert!(!report.holds());
        assert!(report.table().contains("**missed**"), "{}", report.table());
        assert!(Report { runs: vec![run(30.0, true)], ..Report::default() }.holds());
    }
}
