import Lint
import Resources
import Schemas
import Synchronization

/// What is found in the documents of one index, each time looked for when it is first asked for.
final class KnownFindings: Sendable {
  private let index: ResourceIndex
  /// By document.
  private let refusals = Mutex<[Int: Finding?]>([:])
  private let providers = OnDemand<[Int: [Finding]]>()

  init(in index: ResourceIndex) { self.index = index }

  /// Why the API server refuses a document of the index, nil where it takes it.
  func refusal(of document: Document) -> Finding? {
    refusals.withLock { known in
      if let refusal = known[document.index] { return refusal }
      let refusal = Linter.refusal(of: document, for: index.release)
      known[document.index] = .some(refusal)
      return refusal
    }
  }

  /// Why a provider is likely to answer with an error, as far as one document is the reason.
  func provider(in document: Int) -> [Finding] {
    providers.value { Linter.providerFindings(in: index) }[document] ?? []
  }
}
