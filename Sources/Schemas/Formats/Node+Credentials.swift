package import YAML

extension Node {
  /// The value with `***` for each likely credential in its texts.
  package var withoutCredentials: Node {
    switch self {
    case .scalar(var scalar):
      scalar.text = Credential.masked(scalar.text)
      return .scalar(scalar)
    case .sequence(let nodes): return .sequence(nodes.map(\.withoutCredentials))
    case .mapping(let mapping):
      return .mapping(
        Mapping(
          mapping.entries.map { .init(Credential.masked($0.key), $0.value.withoutCredentials) }))
    }
  }

  /// The likely credentials in its texts.
  package var credentials: [String] {
    switch self {
    case .scalar(let scalar): Credential.all(in: scalar.text)
    case .sequence(let nodes): nodes.flatMap(\.credentials)
    case .mapping(let mapping):
      mapping.entries.flatMap { Credential.all(in: $0.key) + $0.value.credentials }
    }
  }
}
