import Dispatch
package import Lint
import Resources
package import Schemas
import Synchronization
package import YAML

/// The messages of an API server about some objects, as findings.
package struct ServerFindings: Sendable {
  /// Each with the place of its object among those that were asked about.
  package fileprivate(set) var findings: [Finding] = []
  /// What was not asked, or could not be, a sentence each.
  package fileprivate(set) var notes: [String] = []
  /// Whether every object was checked.
  package fileprivate(set) var isComplete = true
  /// Why the rest was not asked; nil where all of it was.
  package fileprivate(set) var error: ClusterError?
}

extension Kubectl {
  /// Asks the server about some objects, and about the HTTPRoute that AI Gateway would make of each
  /// route; `background` is what stands in the cluster beside them.
  package func findings(
    of objects: [Node], beside background: [Node], for release: Release
  ) -> ServerFindings {
    let questions = Question.all(objects, beside: background, for: release)
    let answers = ask(questions.filter { $0.reservation == nil })
    var result = ServerFindings()
    result.findings = answers.flatMap(\.findings)
    result.error = answers.lazy.compactMap(\.error).first
    result.isComplete = result.error == nil && answers.allSatisfy(\.notes.isEmpty)
    var notes = Dictionary(grouping: questions.compactMap(\.reservation), by: \.self)
      .map { "\($1.count) \($0)" }.sorted()
    if answers.contains(where: { !($0.dryRun?.isStrict ?? true) }) {
      notes.append(
        "this kubectl has no strict validation; fields that do not exist are checked against the "
          + "schemas of aigw-wizard alone")
    }
    result.notes = notes + answers.flatMap(\.notes)
    return result
  }

  /// Asks several at a time, and no more once the cluster cannot be asked at all.
  private func ask(_ questions: [Question]) -> [Reply] {
    let replies = Mutex<[Int: Reply]>([:])
    let isOver = Mutex(false)
    DispatchQueue.concurrentPerform(iterations: questions.count) { place in
      guard !isOver.withLock({ $0 }) else { return }
      let reply = self.reply(to: questions[place])
      if reply.error != nil { isOver.withLock { $0 = true } }
      replies.withLock { $0[place] = reply }
    }
    return replies.withLock { found in questions.indices.compactMap { found[$0] } }
  }

  private func reply(to question: Question) -> Reply {
    do throws(ClusterError) {
      return Reply(
        question: question,
        dryRun: try dryRunResult(of: question.object, ignoringOthers: question.generated != nil))
    } catch {
      return error.isAboutOneObject
        ? Reply(question: question, notes: ["\(question.name): \(error)"])
        : Reply(question: question, error: error)
    }
  }
}

/// An object that a server is asked about, and where it comes from.
private struct Question: Sendable {
  /// The place among the objects that are asked about.
  let place: Int
  let object: Node
  /// The way back to the route, for an object that AI Gateway makes of one.
  let generated: Generated.Object?
  let name: String

  /// Why it is not asked, in the words behind a number; nil where it is.
  var reservation: String? {
    if object["kind"]?.text == "Secret" { return "Secret(s) not sent to the server" }
    return object.hasVariables ? "object(s) with variables such as ${NAME} not sent" : nil
  }

  static func all(
    _ objects: [Node], beside background: [Node], for release: Release
  ) -> [Question] {
    let questions = objects.enumerated().map { place, object in
      Question(
        place: place, object: object, generated: nil,
        name: "\(object["kind"]?.text ?? "object") \(ObjectKey(of: object))")
    }
    let index = ResourceIndex(of: objects + background, release: release)
    return questions
      + Generated.all(in: index).compactMap { route in
        guard questions.indices.contains(route.document), route.failure == nil,
          let httpRoute = route.objects(.written).first
        else { return nil }
        let question = questions[route.document]
        return Question(
          place: question.place, object: httpRoute.node, generated: httpRoute,
          name: "the HTTPRoute of \(question.name)")
      }
  }
}

private struct Reply: Sendable {
  let question: Question
  var dryRun: DryRunResult?
  var notes: [String] = []
  var error: ClusterError?

  var findings: [Finding] {
    (dryRun?.objections ?? []).map { objection in
      let rule = objection.isConflict ? Rule.fieldConflict : Rule.serverRefusal
      let path = question.generated?.source(of: objection.path) ?? objection.path
      return Finding(
        document: question.place, path: path, severity: rule.severity, source: .server,
        rule: rule.id,
        message: question.generated == nil
          ? objection.message : "the HTTPRoute made of it: \(objection.message)")
    }
  }
}
