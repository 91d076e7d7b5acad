import Manifest
import RouteForm
import Simulation

/// What the gateway would do with the documents: worked out once it is looked at, and again only
/// when they, or the question, became others.
package struct Foresight: Sendable {
  fileprivate var simulator: Simulator?
  /// What stops the controller, a sentence each.
  fileprivate var stops: [String]?
  fileprivate var asked: (request: Request, down: Set<String>)?
  fileprivate var answer: Answer?
  /// The answer as lines of so many columns.
  var lines: (columns: Int, lines: [StyledLine])?

  /// Whether nothing was worked out of the documents as they are.
  var isIdle: Bool { simulator == nil && answer == nil }

  /// Forgets what was worked out of documents that became others.
  mutating func forget() {
    simulator = nil
    stops = nil
    forgetAnswer()
  }

  fileprivate mutating func forgetAnswer() {
    asked = nil
    answer = nil
    lines = nil
  }
}

extension Derived {
  /// Every document at hand: those that the form does not show, then those of the form.
  private func everything(in form: FormState) -> [Node] {
    form.keptPlaces.compactMap { form.opened[$0].node } + documents
  }

  /// The routes and policies at hand, made ready for requests.
  mutating func simulator(of form: FormState) -> Simulator {
    if let simulator = foresight.simulator { return simulator }
    let simulator = Simulator(documents: everything(in: form))
    foresight.simulator = simulator
    return simulator
  }

  /// What becomes of a request.
  mutating func answer(
    to request: Request, down: Set<String>, in form: FormState
  ) -> Answer {
    if let asked = foresight.asked, asked.request == request, asked.down == down,
      let answer = foresight.answer
    {
      return answer
    }
    var answer = simulator(of: form).answer(to: request, down: down)
    let stops = foresight.stops ?? stops(in: form)
    foresight.stops = stops
    answer.warnings += stops
    foresight.forgetAnswer()
    foresight.asked = (request, down)
    foresight.answer = answer
    return answer
  }

  private func stops(in form: FormState) -> [String] {
    Generated.all(in: everything(in: form)).compactMap { route in
      route.failure.map { "the controller stops at \(route.route): \($0)" }
    }
  }
}
