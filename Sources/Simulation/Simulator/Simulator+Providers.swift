import Lint
import Resources
import YAML

extension Simulator {
  /// Reserves what providers are likely to make of requests that the gateway passes on to them, by
  /// the findings about the rule's backendRefs and about what stands behind them.
  func reserveProviders(_ answer: inout Answer, of winner: Candidate) {
    guard answer.status == .done, winner.route.isAI, let rule = winner.rule.index,
      let route = index.route(winner.route.name)?.index
    else { return }
    let refs = Path.to("spec", "rules", rule, "backendRefs")
    let invalid = gateway.map(index.invalidSettings) ?? []
    var seen: Set<Int> = []
    for backend in answer.backends where backend.weight > 0 && backend.failure == nil {
      let place = refs.appending(backend.refIndex)
      let own = known.provider(in: route).filter { $0.path.isWithin(place) }
      let settings = backend.settings.map { answer.backends[$0] } ?? backend
      let behind = documents(behind: settings.name, isPool: settings.isPool)
      let secrets = index.credentials(
        of: settings.isPool ? .inferencePool : .aiServiceBackend, settings.name
      ).flatMap(\.secrets).compactMap { index.stored("Secret", $0.secret)?.index }
      let shared = (behind + secrets).filter { seen.insert($0).inserted }.flatMap(known.provider)
      for finding in own + shared
      where !invalid.contains(where: {
        $0.document == finding.document && $0.setting.path == finding.path
      }) {
        answer.reservations.append(text(of: finding))
      }
    }
  }

  /// A finding about a provider, with its rule and its object.
  private func text(of finding: Finding) -> String {
    let document = index.documents[finding.document]
    return "the provider may refuse requests (\(finding.rule), \(document.kind ?? "") "
      + "\(document.name)): \(finding.message)"
  }
}
