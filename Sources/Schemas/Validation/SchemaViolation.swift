package import YAML

/// An error in one value, by the schema of its field alone.
package struct SchemaViolation: Error, Hashable, Sendable {
  /// Which fact is broken; the raw value is the stable name of the finding.
  package enum Rule: String, CaseIterable, Sendable {
    case type = "schema.type"
    case pattern = "schema.pattern"
    case length = "schema.length"
    case range = "schema.range"
    case choice = "schema.choice"
    case count = "schema.count"
    case duplicate = "schema.duplicate"
    case required = "schema.required"
    case unknown = "schema.unknown"
    /// A field of a former release, whose value belongs elsewhere now.
    case former = "L02"
    case release = "schema.release"
    /// A field or value that only a later Envoy Gateway knows, which may be there.
    case newer = "schema.newer"
    /// Fields of one object that need or exclude each other.
    case fields = "cel.fields"
    /// Items of one list that must differ.
    case distinct = "cel.distinct"
    /// A value that the server asks more of than its form.
    case value = "cel.value"
  }

  /// How far the server comes with an object that has the violation (kubernetes/kubernetes v1.36.2,
  /// staging/src/k8s.io/apiextensions-apiserver).
  package enum Stage: Comparable, Sendable {
    /// No such kind or version is served.
    case addressing
    /// Its metadata is not what every object has.
    case reading
    /// It cannot be read as an object of its kind.
    case decoding
    /// Its fields are checked, but no rule over several of them.
    case blocking
    /// Its fields and the rules over them are checked.
    case checking
    /// It is a rule over several fields that fails.
    case conditions
  }

  /// What would repair it.
  package enum Fix: Hashable, Sendable {
    case replace(Node)
    case remove
    /// The value moves to this sibling key.
    case rename(String)
    /// The node stands at this path from the object that has the field now, in place of the field.
    case move(to: Path, Node)
  }

  /// From the validated node down to the value.
  package var path: Path
  package let rule: Rule
  /// What is wrong and what would be right, in lower case, without a full stop.
  package let message: String
  package let fix: Fix?
  package var stage: Stage
  /// How many of the last steps of `path` lead beyond the field that the server names.
  package var depth: Int

  package init(
    _ rule: Rule, _ message: String, fix: Fix? = nil, at path: Path = .root,
    stage: Stage? = nil, depth: Int = 0
  ) {
    self.path = path
    self.rule = rule
    self.message = message
    self.fix = fix
    self.stage = stage ?? rule.stage
    self.depth = depth
  }

  /// The field that the server names, at `path` or above it.
  package var field: Path { Path(Array(path.steps.dropLast(depth))) }
}

extension SchemaViolation.Rule {
  fileprivate var stage: SchemaViolation.Stage {
    switch self {
    case .unknown, .former, .release, .newer: .decoding
    case .type, .choice, .required: .blocking
    case .pattern, .length, .range, .count, .duplicate: .checking
    case .fields, .distinct, .value: .conditions
    }
  }
}
