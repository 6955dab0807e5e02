//! The picture: a small chart for each row, all over the same days, each on a scale of its own. Plain SVG without script,
//! readable in light and in dark, and told in words to whoever does not see it.

use std::fmt::Write;

use super::{
    Population,
    tally::{Clock, Kept, Simulated},
    words::{Said, said},
};
use crate::{document::value::date_in, locale::Locale, model::Policy};

/// A chart and the space that it takes.
const WIDE: usize = 300;
const HIGH: usize = 88;
const STEP_X: usize = 332;
const STEP_Y: usize = 152;
const COLUMNS: usize = 3;
const TOP: usize = 96;
const LEFT: usize = 24;

const STYLE: &str = "
svg{background:#fff;font:12px system-ui,sans-serif}
text{fill:#1b1b1b}
.small{font-size:10px;fill:#555}
.head{font-size:20px;font-weight:600}
.name{font-weight:600}
.stored{fill:#1f6f8b}
.copies{fill:#c9a227}
.open{fill:#8a4f7d}
.axis{stroke:#888;fill:none}
@media(prefers-color-scheme:dark){
svg{background:#16181b}
text{fill:#eee}
.small{fill:#aaa}
.stored{fill:#5fb3cf}
.copies{fill:#e0c15a}
.open{fill:#c58fb8}
.axis{stroke:#777}
}";

/// One small chart.
struct Panel {
    name: String,
    unit: &'static str,
    peak: u64,
    /// Areas from the back to the front.
    areas: Vec<(&'static str, Vec<u64>)>,
}

impl Simulated {
    /// The numbers as a picture, in a language of the policy.
    pub fn to_svg(&self, policy: &Policy, population: &Population, language: &str) -> String {
        let said = said(language);
        let kept = self.kept.iter().map(|one| one.panel(policy, said, language));
        let clocks = self.clocks.iter().map(|one| one.panel(said, language));
        let panels: Vec<Panel> = kept.chain(clocks).collect();
        let high = TOP + panels.len().div_ceil(COLUMNS) * STEP_Y;
        let wide = LEFT + COLUMNS * STEP_X;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
             role=\"img\" aria-labelledby=\"title desc\" lang=\"{language}\">\n"
        );
        let title = format!("{}: {}", policy.company.name, said.title);
        let about = format!(
            "{} {}, {} {}, {} {}",
            said.number(population.people),
            said.people,
            said.number(u64::from(population.days)),
            said.days,
            said.seed,
            population.seed
        );
        let desc = format!("{about}. {}", told(said, &panels));
        let _ = writeln!(svg, "<title id=\"title\">{}</title>", text(&title));
        let _ = writeln!(svg, "<desc id=\"desc\">{}</desc>", text(&desc));
        let _ = writeln!(svg, "<style>{STYLE}</style>");
        let _ = writeln!(svg, "<text class=\"head\" x=\"{LEFT}\" y=\"32\">{}</text>", text(&title));
        let _ =
            writeln!(svg, "<text class=\"small\" x=\"{LEFT}\" y=\"50\">{}</text>", text(&about));
        legend(&mut svg, said);
        let ends = [0, self.days().saturating_sub(1)]
            .map(|day| date_in(Locale::of(language), self.date(day)));
        for (number, panel) in panels.iter().enumerate() {
            panel.draw(&mut svg, number, &ends, said);
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn days(&self) -> usize {
        let kept = self.kept.iter().map(|kept| kept.collected.len());
        kept.chain(self.clocks.iter().map(|clock| clock.opened.len())).max().unwrap_or_default()
    }
}

/// Each chart in words: its most and its last, and before them what is assumed.
fn told(said: &Said, panels: &[Panel]) -> String {
    let mut told = said.assumed.to_owned();
    for panel in panels {
        let front = panel.areas.last().and_then(|(_, values)| values.last()).copied();
        let (peak, last) = (said.number(panel.peak), said.number(front.unwrap_or_default()));
        let _ = write!(told, " {}: ≤ {peak} {}; → {last}.", panel.name, panel.unit);
    }
    told
}

impl Kept {
    fn panel(&self, policy: &Policy, said: &Said, language: &str) -> Panel {
        let words = policy.words.of_path(&self.path, language).map(str::to_owned);
        let name = words.unwrap_or_else(|| Locale::of(language).row(&self.path));
        let copies = self.stored.iter().zip(&self.in_backups).map(|(one, two)| one + two);
        let areas = vec![
            ("copies", sampled(&copies.collect::<Vec<u64>>())),
            ("stored", sampled(&self.stored)),
        ];
        Panel::new(name, said.records, areas)
    }
}

impl Clock {
    fn panel(&self, said: &Said, language: &str) -> Panel {
        let mut open = 0;
        let running = self.opened.iter().zip(&self.answered).map(|(opened, answered)| {
            open = (open + opened).saturating_sub(*answered);
            open
        });
        let areas = vec![("open", sampled(&running.collect::<Vec<u64>>()))];
        Panel::new(Locale::of(language).row(&self.path), said.cases, areas)
    }
}

impl Panel {
    fn new(name: String, unit: &'static str, areas: Vec<(&'static str, Vec<u64>)>) -> Self {
        let peak = areas.iter().flat_map(|(_, values)| values).max().copied().unwrap_or_default();
        Self { name, unit, peak, areas }
    }

    fn draw(&self, svg: &mut String, number: usize, ends: &[String; 2], said: &Said) {
        let x = LEFT + (number % COLUMNS) * STEP_X;
        let y = TOP + (number / COLUMNS) * STEP_Y;
        let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">");
        let _ = writeln!(svg, "<text class=\"name\" x=\"0\" y=\"0\">{}</text>", text(&self.name));
        let peak = said.number(self.peak);
        let _ = writeln!(
            svg,
            "<text class=\"small\" x=\"{WIDE}\" y=\"14\" text-anchor=\"end\">≤ {peak} {}</text>",
            self.unit
        );
        let _ = writeln!(svg, "<g transform=\"translate(0 20)\">");
        for (class, values) in &self.areas {
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"{}\"/>", area(values, self.peak));
        }
        let _ = writeln!(svg, "<path class=\"axis\" d=\"M0 0V{HIGH}H{WIDE}\"/>");
        let [first, last] = ends.each_ref().map(|end| text(end));
        let below = HIGH + 14;
        let _ = writeln!(svg, "<text class=\"small\" x=\"0\" y=\"{below}\">{first}</text>");
        let _ = writeln!(
            svg,
            "<text class=\"small\" x=\"{WIDE}\" y=\"{below}\" text-anchor=\"end\">{last}</text>"
        );
        svg.push_str("</g>\n</g>\n");
    }
}

fn legend(svg: &mut String, said: &Said) {
    let mut x = LEFT;
    for (class, words) in
        [("stored", said.stored), ("copies", said.in_backups), ("open", said.open)]
    {
        let _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{x}\" y=\"60\" width=\"12\" height=\"12\"/><text x=\"{}\" y=\"70\">{}</text>",
            x + 18,
            text(words)
        );
        x += 48 + words.chars().count() * 7;
    }
}

/// One value for each point across: the last of its days, so that the right edge is the last day.
fn sampled(values: &[u64]) -> Vec<u64> {
    if values.len() <= WIDE {
        return values.to_vec();
    }
    let at = |point: usize| values.get(((point + 1) * values.len() / WIDE).saturating_sub(1));
    (0..WIDE).filter_map(at).copied().collect()
}

/// The outline of an area; the peak is its full height.
fn area(values: &[u64], peak: u64) -> String {
    let last = values.len().saturating_sub(1).max(1);
    let high = u64::try_from(HIGH).unwrap_or_default();
    let mut path = format!("M0 {HIGH}");
    for (point, value) in values.iter().enumerate() {
        let x = point * WIDE / last;
        // In tenths, so that small values are not lost.
        let tenths = high * 10 - (value * high * 10).checked_div(peak).unwrap_or_default();
        let _ = write!(path, "L{x} {}.{}", tenths / 10, tenths % 10);
    }
    let _ = write!(path, "V{HIGH}Z");
    path
}

/// A text where markup stands around it; what no XML may hold is left out.
fn text(words: &str) -> String {
    let mut safe = String::new();
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}
