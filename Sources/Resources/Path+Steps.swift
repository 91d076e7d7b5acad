package import YAML

/// A key or an index on the way to a node.
package protocol StepConvertible {
  var step: Path.Step { get }
}

extension String: StepConvertible {
  package var step: Path.Step { .key(self) }
}

extension Int: StepConvertible {
  package var step: Path.Step { .index(self) }
}

extension Path {
  /// The path through keys and indices: `.to("backendRefs", 0, "weight")`.
  package static func to(_ steps: any StepConvertible...) -> Path { Path(steps.map(\.step)) }
}
