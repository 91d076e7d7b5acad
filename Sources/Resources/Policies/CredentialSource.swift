/// A place in requests where a credential is looked for.
package enum CredentialSource: Hashable, Sendable {
  case header(String)
  case query(String)
  case cookie(String)

  package var title: String {
    switch self {
    case .header(let name): "header \(name)"
    case .query(let name): "query parameter \(name)"
    case .cookie(let name): "cookie \(name)"
    }
  }
}
