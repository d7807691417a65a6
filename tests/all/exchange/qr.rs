//! QR codes, read back by another library.

use admit::exchange::qr::{QrError, svg, terminal};
use rqrr::PreparedImage;

const QUIET: usize = 4;
const SCALE: usize = 4;

fn links() -> Vec<String> {
    let token = "AQEBAQAAAdJ3mXc0yq_7tV-Kp2sR9uWzYb4LhE6nGfA1oCxD5iTQ".to_owned();
    assert_eq!(token.len(), 52);
    vec![
        format!("https://portal.example.org/invitation/{token}"),
        format!("https://p.example/{token}"),
        format!("https://portal.{}.example.org/invitation/{token}?lang=en-US", "a".repeat(60)),
        "HTTPS://EXAMPLE.ORG/1".to_owned(),
        "4711".to_owned(),
        "https://example.org/\u{e9}\u{4e2d}".to_owned(),
        "x".repeat(2331),
    ]
}

/// Reads modules, true for dark, as a camera would: scaled up, black on white.
fn read(modules: &[Vec<bool>]) -> (String, usize) {
    let side = modules.len() * SCALE;
    let mut image =
        PreparedImage::prepare_from_bitmap(side, side, |x, y| modules[y / SCALE][x / SCALE]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    let (found, text) = grids[0].decode().unwrap();
    (text, usize::from(found.ecc_level))
}

fn modules_of_svg(svg: &str) -> Vec<Vec<bool>> {
    let side: usize = between(svg, "viewBox=\"0 0 ", " ").parse().unwrap();
    let mut modules = vec![vec![false; side]; side];
    for square in between(svg, "<path d=\"M", "\"").split('M') {
        let (x, y) = square.strip_suffix("h1v1h-1").unwrap().split_once(',').unwrap();
        modules[y.parse::<usize>().unwrap()][x.parse::<usize>().unwrap()] = true;
    }
    modules
}

fn between<'a>(text: &'a str, before: &str, behind: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(behind).unwrap().0
}

fn modules_of_terminal(drawn: &str) -> Vec<Vec<bool>> {
    let mut modules = Vec::new();
    for line in drawn.lines() {
        modules.push(line.chars().map(|ink| !matches!(ink, '█' | '▀')).collect());
        modules.push(line.chars().map(|ink| !matches!(ink, '█' | '▄')).collect::<Vec<_>>());
    }
    modules.truncate(modules[0].len());
    modules
}

fn has_quiet_zone(modules: &[Vec<bool>]) -> bool {
    let side = modules.len();
    let inside = QUIET..side - QUIET;
    let light = |row: usize, column: usize| {
        inside.contains(&row) && inside.contains(&column) || !modules[row][column]
    };
    (0..side).all(|row| modules[row].len() == side && (0..side).all(|column| light(row, column)))
        && modules[QUIET][QUIET]
}

#[test]
fn both_drawings_read_back_as_the_link() {
    const LEVEL_M: usize = 0;
    for link in links() {
        for modules in
            [modules_of_svg(&svg(&link).unwrap()), modules_of_terminal(&terminal(&link).unwrap())]
        {
            assert!(has_quiet_zone(&modules));
            assert_eq!(read(&modules), (link.clone(), LEVEL_M));
        }
    }
}

#[test]
fn the_drawings_are_plain() {
    let link = &links()[0];
    let image = svg(link).unwrap();
    assert!(image.starts_with("<svg ") && image.ends_with("</svg>") && image.is_ascii());
    assert!(image.contains("xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(image.contains("fill=\"#ffffff") && image.contains("fill=\"#000000"));
    assert!(!image.contains("portal"));
    let drawn = terminal(link).unwrap();
    assert!(drawn.ends_with('\n') && drawn.chars().all(|ink| "█▀▄ \n".contains(ink)));
}

#[test]
fn a_text_that_no_code_holds_is_refused_without_repeating_it() {
    let long = "x".repeat(2332);
    assert_eq!((svg(&long), terminal(&long)), (Err(QrError::TooLong), Err(QrError::TooLong)));
    assert_eq!((svg(""), terminal("")), (Err(QrError::Empty), Err(QrError::Empty)));
    assert!(!QrError::TooLong.to_string().contains("xx"));
}
