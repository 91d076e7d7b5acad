import Resources
import Schemas
import YAML

extension Simulator {
  /// Every match of the listener, in the order in which they are tried, those of other virtual
  /// hosts behind them.
  func considered(
    _ indexedRequest: IndexedRequest, _ host: CompiledListener.VirtualHost?, winner: Candidate?,
    on listener: CompiledListener
  ) -> [Answer.MatchTrace] {
    var considered: [Answer.MatchTrace] = []
    var seen: Set<Int> = []
    if let host {
      considered.reserveCapacity(host.candidates.count)
      for candidate in host.candidates {
        seen.insert(candidate.precedence.route)
        if candidate.isPreflight, candidate !== winner { continue }
        considered.append(
          Answer.MatchTrace(
            candidate: candidate, loss: loss(of: candidate, indexedRequest, winner: winner)))
      }
    }
    for other in listener.hosts where other.domain != host?.domain {
      for candidate in other.candidates
      where !seen.contains(candidate.precedence.route) && !candidate.isPreflight {
        considered.append(Answer.MatchTrace(candidate: candidate, loss: .host))
      }
      for candidate in other.candidates { seen.insert(candidate.precedence.route) }
    }
    return considered
  }

  private func loss(of candidate: Candidate, _ indexedRequest: IndexedRequest, winner: Candidate?)
    -> MismatchReason?
  {
    if candidate === winner { return nil }
    if candidate.rule.isDropped { return .dropped }
    if let mismatch = candidate.condition.mismatch(indexedRequest) { return mismatch }
    guard let winner else { return .path }
    return .outranked(by: winner.precedence.advantage(over: candidate.precedence).by)
  }
}
