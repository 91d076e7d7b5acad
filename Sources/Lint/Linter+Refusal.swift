package import Resources
package import Schemas
import YAML

extension Linter {
  /// Why the API server refuses an object, looked at by itself; nil where it takes it. For fields that
  /// it does not know, which are of the stage `decoding`, only one that is strict does, as it is for
  /// kubectl apply.
  package static func refusal(of document: Document, for release: Release) -> Finding? {
    guard document.resource != nil || document.partlyKnownResource != nil else { return nil }
    var linter = Linter(target: release, remembers: false)
    let refusals = linter.findings(in: [document.node]).filter { $0.stage != nil }
    // What a server has stored it knows, too.
    let isStored = document.node["metadata"]?.given("uid") != nil
    return refusals.first { $0.stage != .decoding } ?? (isStored ? nil : refusals.first)
  }
}
