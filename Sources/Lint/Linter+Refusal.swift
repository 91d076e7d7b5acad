package import Resources
package import Schemas

extension Linter {
  /// Why the API server refuses an object, looked at by itself; nil where it takes it. Fields that it
  /// does not know it leaves out, unless it is asked to be strict.
  package static func refusal(of document: Document, for release: Release) -> Finding? {
    guard document.resource != nil else { return nil }
    var linter = Linter(target: release, remembers: false)
    return linter.findings(in: [document.node]).first {
      $0.stage != nil && $0.stage != .decoding
    }
  }
}
