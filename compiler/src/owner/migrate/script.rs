//! What a script says, read as a syntax tree: what it assigns, what it calls, and every text in it. Literals only. It runs
//! nothing: a function or an expression is known to be one, and no more.

use indexmap::IndexMap;
use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, ArrayExpressionElement, AssignmentExpression, AssignmentTarget, BinaryOperator, CallExpression,
    ExportDefaultDeclaration, Expression, ObjectPropertyKind, Program, PropertyKey, StringLiteral, UnaryOperator,
    VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType};

/// Where something stands in the file of the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// How it is called there: `services[0].cookies`.
    pub(super) path: String,
    /// Its first byte in the file.
    pub(super) byte: usize,
}

/// A value, with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) literal: Literal,
    pub(super) from: Origin,
}

/// What is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    /// `null` and `undefined`.
    Nothing,
    Truth(bool),
    Number(f64),
    Text(String),
    /// What stands between the slashes of a regular expression.
    Pattern(String),
    List(Vec<Node>),
    Members(IndexMap<String, Node>),
    /// A name, which may be that of a literal.
    Name(String),
    /// What only a browser that runs it would know.
    Code(Code),
}

/// What is not written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Function,
    Expression,
}

/// What a script says, in its order.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// What is assigned or declared, by its name without `window.`: `klaroConfig`.
    pub(super) assigned: Vec<(String, Node)>,
    /// What is called, by the same: `CookieConsent.run`.
    pub(super) called: Vec<(String, Vec<Node>)>,
    /// Every text.
    pub(super) texts: Vec<String>,
}

/// What is wrong in a script.
#[derive(Debug)]
pub(super) struct Fault {
    /// The byte of the script where it is.
    pub(super) byte: usize,
    /// What it is.
    pub(super) cause: String,
}

impl Facts {
    /// What a script says. `begins` is the byte of the file where it begins.
    pub(super) fn of_script(text: &str, kind: SourceType, begins: usize) -> Result<Facts, Fault> {
        let allocator = Allocator::default();
        let read = Parser::new(&allocator, text, kind).parse();
        if let Some(error) = read.diagnostics.errors().next() {
            return Err(fault(error));
        }
        Ok(Facts::of_program(&read.program, begins))
    }

    /// What JSON, or what JavaScript makes easier of it, says: one value without a name.
    pub(super) fn of_value(text: &str) -> Result<Facts, Fault> {
        let allocator = Allocator::default();
        let read = Parser::new(&allocator, text, SourceType::mjs()).parse_expression();
        let expression = read.map_err(|errors| {
            errors.first().map_or_else(
                || Fault {
                    byte: 0,
                    cause: "this is no value".to_owned(),
                },
                fault,
            )
        })?;
        let mut collector = Collector::default();
        collector.visit_expression(&expression);
        let node = collector.node(&expression, String::new());
        collector.facts.assigned.push(("default".to_owned(), node));
        Ok(collector.facts)
    }

    fn of_program(program: &Program<'_>, begins: usize) -> Facts {
        let mut collector = Collector {
            begins,
            ..Collector::default()
        };
        collector.visit_program(program);
        collector.facts
    }

    /// All that another script says, behind what this one does.
    pub(super) fn extend(&mut self, other: Facts) {
        self.assigned.extend(other.assigned);
        self.called.extend(other.called);
        self.texts.extend(other.texts);
    }

    /// What a name was assigned at last.
    pub(super) fn value(&self, name: &str) -> Option<Node> {
        let node = self.assigned.iter().rev().find(|(known, _)| known == name);
        node.map(|(_, node)| self.resolved(node))
    }

    /// The arguments of each call by one of these names.
    pub(super) fn calls(&self, name: impl Fn(&str) -> bool) -> impl Iterator<Item = Vec<Node>> {
        let calls = self.called.iter().filter(move |(known, _)| name(known));
        calls.map(|(_, arguments)| arguments.iter().map(|argument| self.resolved(argument)).collect())
    }

    /// A value in which every name that stands for a literal is that literal. One step: who hides it behind more has written a
    /// program.
    fn resolved(&self, node: &Node) -> Node {
        self.spelt_out(node, true)
    }

    fn spelt_out(&self, node: &Node, looks_up: bool) -> Node {
        let within = |node: &Node| self.spelt_out(node, looks_up);
        let literal = match &node.literal {
            Literal::Name(name) => {
                let known = self.assigned.iter().rev().find(|(known, _)| known == name && looks_up);
                known.map_or(Literal::Code(Code::Expression), |(_, known)| {
                    self.spelt_out(known, false).literal
                })
            }
            Literal::List(items) => Literal::List(items.iter().map(within).collect()),
            Literal::Members(members) => Literal::Members(
                members
                    .iter()
                    .map(|(key, member)| (key.clone(), within(member)))
                    .collect(),
            ),
            other => other.clone(),
        };
        Node {
            literal,
            from: node.from.clone(),
        }
    }
}

fn fault(error: &OxcDiagnostic) -> Fault {
    Fault {
        byte: error.labels.first().map_or(0, |label| label.offset() as usize),
        cause: error.message.to_string(),
    }
}

#[derive(Default)]
struct Collector {
    facts: Facts,
    begins: usize,
}

impl<'a> Visit<'a> for Collector {
    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        if let Some(name) = name_of_target(&assignment.left) {
            let node = self.node(&assignment.right, name.clone());
            self.facts.assigned.push((name, node));
        }
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_variable_declarator(&mut self, declared: &VariableDeclarator<'a>) {
        if let (Some(name), Some(value)) = (declared.id.get_identifier_name(), &declared.init) {
            let node = self.node(value, name.to_string());
            self.facts.assigned.push((name.to_string(), node));
        }
        walk::walk_variable_declarator(self, declared);
    }

    fn visit_export_default_declaration(&mut self, exported: &ExportDefaultDeclaration<'a>) {
        if let Some(value) = exported.declaration.as_expression() {
            let node = self.node(value, String::new());
            self.facts.assigned.push(("default".to_owned(), node));
        }
        walk::walk_export_default_declaration(self, exported);
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Some(name) = name_of(&call.callee) {
            let arguments = call
                .arguments
                .iter()
                .map(|argument| self.argument(argument, &name))
                .collect();
            self.facts.called.push((name, arguments));
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_string_literal(&mut self, text: &StringLiteral<'a>) {
        self.facts.texts.push(text.value.to_string());
    }
}

impl Collector {
    fn origin(&self, start: u32, path: String) -> Origin {
        Origin {
            path,
            byte: self.begins + start as usize,
        }
    }

    fn argument(&self, argument: &Argument<'_>, call: &str) -> Node {
        match argument.as_expression() {
            Some(expression) => self.node(expression, call.to_owned()),
            None => Node {
                literal: Literal::Code(Code::Expression),
                from: self.origin(argument.span().start, call.to_owned()),
            },
        }
    }

    fn node(&self, expression: &Expression<'_>, path: String) -> Node {
        Node {
            literal: self.literal(expression, &path),
            from: self.origin(expression.span().start, path),
        }
    }

    fn literal(&self, expression: &Expression<'_>, path: &str) -> Literal {
        match expression {
            Expression::ParenthesizedExpression(inner) => self.literal(&inner.expression, path),
            Expression::TSAsExpression(inner) => self.literal(&inner.expression, path),
            Expression::TSSatisfiesExpression(inner) => self.literal(&inner.expression, path),
            Expression::NullLiteral(_) => Literal::Nothing,
            Expression::BooleanLiteral(truth) => Literal::Truth(truth.value),
            Expression::NumericLiteral(number) => Literal::Number(number.value),
            Expression::StringLiteral(text) => Literal::Text(text.value.to_string()),
            Expression::TemplateLiteral(template) => template
                .single_quasi()
                .map_or(Literal::Code(Code::Expression), |text| Literal::Text(text.to_string())),
            Expression::RegExpLiteral(pattern) => Literal::Pattern(pattern.regex.pattern.text.to_string()),
            Expression::ArrayExpression(list) => {
                let items = list.elements.iter().enumerate();
                Literal::List(
                    items
                        .map(|(index, item)| self.item(item, format!("{path}[{index}]")))
                        .collect(),
                )
            }
            Expression::ObjectExpression(object) => Literal::Members(
                object
                    .properties
                    .iter()
                    .map(|member| self.member(member, path))
                    .collect(),
            ),
            Expression::UnaryExpression(unary) => match (unary.operator, self.literal(&unary.argument, path)) {
                // As a minifier writes `true`, `false` and `undefined`.
                (UnaryOperator::LogicalNot, Literal::Number(number)) => Literal::Truth(number == 0.0),
                (UnaryOperator::UnaryNegation, Literal::Number(number)) => Literal::Number(-number),
                (UnaryOperator::Void, _) => Literal::Nothing,
                _ => Literal::Code(Code::Expression),
            },
            Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
                match (self.literal(&sum.left, path), self.literal(&sum.right, path)) {
                    (Literal::Text(left), Literal::Text(right)) => Literal::Text(left + &right),
                    _ => Literal::Code(Code::Expression),
                }
            }
            Expression::Identifier(name) if name.name == "undefined" => Literal::Nothing,
            Expression::Identifier(name) => Literal::Name(name.name.to_string()),
            Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_) => Literal::Code(Code::Function),
            _ => Literal::Code(Code::Expression),
        }
    }

    fn item(&self, item: &ArrayExpressionElement<'_>, path: String) -> Node {
        match item.as_expression() {
            Some(expression) => self.node(expression, path),
            None => Node {
                literal: Literal::Code(Code::Expression),
                from: self.origin(item.span().start, path),
            },
        }
    }

    fn member(&self, member: &ObjectPropertyKind<'_>, path: &str) -> (String, Node) {
        let dot = if path.is_empty() { "" } else { "." };
        let named = match member {
            ObjectPropertyKind::ObjectProperty(property) => {
                name_of_key(&property.key).map(|name| (name, &property.value))
            }
            ObjectPropertyKind::SpreadProperty(_) => None,
        };
        if let Some((name, value)) = named {
            let node = self.node(value, format!("{path}{dot}{name}"));
            return (name, node);
        }
        let path = format!("{path}{dot}…");
        let node = Node {
            literal: Literal::Code(Code::Expression),
            from: self.origin(member.span().start, path.clone()),
        };
        // One that no configuration has.
        (path, node)
    }
}

fn name_of_key(key: &PropertyKey<'_>) -> Option<String> {
    match key {
        PropertyKey::StaticIdentifier(name) => Some(name.name.to_string()),
        PropertyKey::StringLiteral(text) => Some(text.value.to_string()),
        PropertyKey::NumericLiteral(number) => Some(number.value.to_string()),
        _ => None,
    }
}

/// The name of what is called or read: `tarteaucitron.job.push`, whatever stands around it.
fn name_of(expression: &Expression<'_>) -> Option<String> {
    let name = match expression {
        Expression::Identifier(name) => name.name.to_string(),
        Expression::ParenthesizedExpression(inner) => name_of(&inner.expression)?,
        Expression::AssignmentExpression(assignment) => name_of_target(&assignment.left)?,
        Expression::CallExpression(call) => name_of(&call.callee)?,
        Expression::StaticMemberExpression(member) => {
            format!("{}.{}", name_of(&member.object)?, member.property.name)
        }
        Expression::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(key) => format!("{}.{}", name_of(&member.object)?, key.value),
            _ => return None,
        },
        _ => return None,
    };
    Some(without_window(name))
}

fn name_of_target(target: &AssignmentTarget<'_>) -> Option<String> {
    let name = match target {
        AssignmentTarget::AssignmentTargetIdentifier(name) => name.name.to_string(),
        AssignmentTarget::StaticMemberExpression(member) => {
            format!("{}.{}", name_of(&member.object)?, member.property.name)
        }
        AssignmentTarget::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(key) => format!("{}.{}", name_of(&member.object)?, key.value),
            _ => return None,
        },
        _ => return None,
    };
    Some(without_window(name))
}

fn without_window(name: String) -> String {
    let globals = ["window.", "globalThis.", "self."];
    let bare = globals
        .into_iter()
        .find_map(|global| name.strip_prefix(global))
        .map(str::to_owned);
    bare.unwrap_or(name)
}
