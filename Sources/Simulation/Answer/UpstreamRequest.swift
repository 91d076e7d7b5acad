/// The request that AI Gateway makes of a client's for a backend, where that does not stream.
package struct UpstreamRequest: Hashable, Sendable {
  /// Nil where the Backend is not among the documents or has several hosts, and for a pool.
  package let host: String?
  package let port: Int?
  /// With its query; nil where the model, project or region in it is not known.
  package let path: String?
  /// Nil where the client names none.
  package let model: String?
}

extension UpstreamRequest {
  /// Where the request goes, in words; nil where nothing of it is known.
  var line: String? {
    guard host != nil || path != nil else { return nil }
    let place = host.map { host in host + (port.map { ":\($0)" } ?? "") }
    return "upstream: \(place ?? "its endpoint"), path \(path ?? "not known")"
  }
}
