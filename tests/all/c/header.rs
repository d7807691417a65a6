//! Reads `include/admit.h`: just enough of C for a header that we make ourselves.

use std::fs;

/// A parameter, or a member of a struct.
#[derive(Clone)]
pub struct Variable {
    pub kind: String,
    pub name: String,
    pub comment: String,
}

pub struct Function {
    pub name: String,
    pub returns: String,
    pub parameters: Vec<Variable>,
    pub comment: String,
}

pub struct Struct {
    pub name: String,
    pub members: Vec<Variable>,
}

#[derive(Default)]
pub struct Header {
    pub functions: Vec<Function>,
    pub structs: Vec<Struct>,
    pub opaque: Vec<String>,
    pub callbacks: Vec<String>,
    pub enums: Vec<String>,
    /// Enum constants and defined numbers, in the order of the header.
    pub numbers: Vec<(String, String)>,
    /// Bits that say that a member of a struct is meant: the struct, the member, the constant.
    pub bits: Vec<(String, String, String)>,
    /// Every comment, one after the other.
    pub comments: String,
}

impl Header {
    pub fn read() -> Self {
        let text = fs::read_to_string("include/admit.h").unwrap();
        let body = text.split("extern \"C\" {\n#endif").nth(1).unwrap();
        let body = body.split("#ifdef __cplusplus").next().unwrap();
        let mut header = Self::default();
        header.numbers.extend(text.split("#define ").skip(1).filter_map(number));
        let mut rest = body.trim_start();
        let mut comment = String::new();
        while !rest.is_empty() {
            let (piece, after) = if rest.starts_with("/*") {
                let (piece, after) = rest.split_once("*/").expect("an open comment");
                comment = words(&piece.replace("\n *", " ").replace("/**", ""));
                header.comments.push_str(&format!("{comment}\n"));
                rest = after.trim_start();
                continue;
            } else if rest.starts_with('#') {
                rest.split_once('\n').unwrap_or((rest, ""))
            } else if rest.starts_with("typedef struct {") || rest.starts_with("typedef enum {") {
                let end = rest.find("\n}").unwrap();
                let end = end + rest[end..].find(';').unwrap();
                (&rest[..end], &rest[end + 1..])
            } else {
                rest.split_once(';').unwrap()
            };
            header.declare(piece, &std::mem::take(&mut comment));
            rest = after.trim_start();
        }
        header
    }

    fn declare(&mut self, piece: &str, comment: &str) {
        if let Some(define) = piece.strip_prefix("#define ") {
            return self.bit(define, comment);
        }
        if let Some((_, body)) = piece.split_once("typedef struct {") {
            let (body, name) = body.rsplit_once('}').unwrap();
            self.structs.push(Struct { name: name.trim().to_owned(), members: members(body, ';') });
            self.comments.push_str(&without_code(body));
        } else if let Some((_, body)) = piece.split_once("typedef enum {") {
            let (body, name) = body.rsplit_once('}').unwrap();
            self.enums.push(name.trim().to_owned());
            for constant in without_comments(body).split(',').filter(|it| !it.trim().is_empty()) {
                let (name, value) = constant.split_once('=').unwrap();
                self.numbers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        } else if let Some((_, name)) = piece.split_once("typedef struct ") {
            self.opaque.push(name.split(' ').next().unwrap().to_owned());
        } else if let Some((_, rest)) = piece.split_once("(*") {
            self.callbacks.push(rest.split(')').next().unwrap().to_owned());
        } else {
            let code = piece.replace("ADMIT_API", "").replace("ADMIT_NODISCARD", "");
            let (front, parameters) = code.split_once('(').expect(piece);
            let Variable { kind: returns, name, .. } = variable(front, "");
            let parameters = parameters.trim_end().strip_suffix(')').unwrap();
            let parameters = if parameters == "void" { "" } else { parameters };
            let parameters = members(parameters, ',');
            self.functions.push(Function {
                name,
                returns,
                parameters,
                comment: comment.to_owned(),
            });
        }
    }

    /// Reads "`fields` of admit_x: `member` is meant." and, after it, "`fields`: `member` is meant."
    fn bit(&mut self, define: &str, comment: &str) {
        let Some(rest) = comment.strip_prefix("`fields`") else { return };
        let owner = match rest.strip_prefix(" of ") {
            Some(named) => named.split(':').next().unwrap().to_owned(),
            None => self.bits.last().unwrap().0.clone(),
        };
        let member = rest.split('`').nth(1).unwrap().to_owned();
        self.bits.push((owner, member, define.split(' ').next().unwrap().to_owned()));
    }

    pub fn shape(&self, name: &str) -> Option<usize> {
        self.structs.iter().position(|it| it.name == name)
    }

    pub fn object(&self, name: &str) -> Option<usize> {
        self.opaque.iter().position(|it| it == name)
    }
}

/// `NAME 12` of a `#define`, and none of the other macros.
fn number(define: &str) -> Option<(String, String)> {
    let (name, value) = define.lines().next()?.split_once(' ')?;
    value.parse::<u64>().ok()?;
    Some((name.to_owned(), value.to_owned()))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn members(body: &str, separator: char) -> Vec<Variable> {
    let mut found = Vec::new();
    let mut rest = body.trim();
    while !rest.is_empty() {
        let mut comment = String::new();
        if let Some(open) = rest.strip_prefix("/**") {
            let (text, after) = open.split_once("*/").unwrap();
            comment = words(&text.replace("\n   *", " "));
            rest = after.trim_start();
        }
        let (code, after) = rest.split_once(separator).unwrap_or((rest, ""));
        found.push(variable(code, &comment));
        rest = after.trim_start();
    }
    found
}

/// Parts `const char *name` into its type and its name.
fn variable(code: &str, comment: &str) -> Variable {
    let code = words(code);
    let at = code.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    let (kind, name) = code.split_at(at);
    Variable { kind: kind.trim().to_owned(), name: name.to_owned(), comment: comment.to_owned() }
}

fn without_comments(text: &str) -> String {
    let parts =
        text.split("/**").map(|part| part.split_once("*/").map_or(part, |(_, after)| after));
    parts.collect()
}

fn without_code(text: &str) -> String {
    let parts = text.split("/**").skip(1).filter_map(|part| part.split_once("*/"));
    parts.map(|(comment, _)| format!("{}\n", words(&comment.replace("\n   *", " ")))).collect()
}
