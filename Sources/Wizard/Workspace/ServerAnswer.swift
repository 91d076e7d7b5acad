package import Lint
import RouteForm
import YAML

/// The answer of an API server to a dry run of documents.
package struct ServerAnswer: Hashable, Sendable {
  /// The name of the cluster's context.
  package let cluster: String
  /// The time of day when it was asked.
  package let time: String
  /// Each with the place of its document among those that were asked about.
  package let findings: [Finding]
  /// What was not asked, or could not be, a sentence each.
  package let notes: [String]

  package init(cluster: String, time: String, findings: [Finding], notes: [String]) {
    self.cluster = cluster
    self.time = time
    self.findings = findings
    self.notes = notes
  }

  /// What it comes to, in a sentence.
  var summary: String {
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    if findings.isEmpty {
      return notes.isEmpty ? "has no objections" : "has no objections to what it checked"
    }
    let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return "objects: "
      + parts.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
  }
}

/// The result of a dry run, which holds as long as the values that it was about do not change.
struct LastServerAnswer: Sendable {
  let answer: ServerAnswer
  let objections: [Objection]
  let documents: [Node]

  /// An objection, which holds as long as the value is the same.
  struct Objection: Sendable {
    let subject: Analysis.Subject
    let value: Node?
    let finding: Finding
  }
}

/// The documents that were sent to the server for a dry run: its answer holds for these.
struct AskedDocuments: Sendable {
  let all: [Node]
  let subjects: [Analysis.Subject?]
  /// How many of them the form does not show; these are first.
  let kept: Int
}

extension Analysis {
  /// Notes what the server is asked about: the opened documents that the form does not show, then
  /// those of the form.
  mutating func ask() -> [Node] {
    let asked = present
    self.asked = asked
    return asked.all
  }

  /// Takes what the server said of the documents that it was asked about.
  mutating func take(_ answer: ServerAnswer) {
    let asked = asked ?? present
    let objections = answer.findings.compactMap { finding in
      asked.subjects.indices.contains(finding.document)
        ? asked.subjects[finding.document].map {
          LastServerAnswer.Objection(
            subject: $0, value: asked.all[finding.document][finding.path], finding: finding)
        } : nil
    }
    server = LastServerAnswer(
      answer: answer, objections: objections, documents: Array(asked.all[asked.kept...]))
  }

  /// Whether what the server was asked about is what there is now.
  var isServerAnswerCurrent: Bool { server?.documents == documents }

  /// What the server has against the form, as far as nothing changed there.
  func objections(to form: FormState) -> [FormProblem] {
    standing.compactMap { objection in
      guard case .object(let object) = objection.subject else { return nil }
      let place = Address(object, objection.finding.path)
      let address = form.isDerived(place) ? form.setting(behind: place) ?? place : place
      return FormProblem(
        address: address, severity: objection.finding.severity, message: objection.finding.message,
        finding: objection.finding, step: Step.step(of: address, in: form), repair: nil,
        rule: Self.rule(of: address, in: form))
    }
  }

  /// What it has against the opened documents that the form does not show.
  var objectionsElsewhere: [KeptProblem] {
    standing.compactMap { objection in
      guard case .kept(let place) = objection.subject else { return nil }
      return KeptProblem(documentIndex: place, finding: objection.finding)
    }
  }

  private var standing: [LastServerAnswer.Objection] {
    server?.objections.filter { value(of: $0.subject, at: $0.finding.path) == $0.value } ?? []
  }

  private func value(of subject: Subject, at path: Path) -> Node? {
    switch subject {
    case .object(let object): objects.firstIndex(of: object).flatMap { documents[$0][path] }
    case .kept(let place): form?.opened[place].node?[path]
    }
  }
}
