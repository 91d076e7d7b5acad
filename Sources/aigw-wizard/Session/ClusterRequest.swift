import Cluster
import Wizard
import RouteForm
import Glibc
import Resources
import YAML

/// A request to a cluster on its own thread, which can be cancelled.
struct ClusterRequest {
  /// What came of it.
  struct Result: Sendable {
    let event: Event
    /// What the wizard needs to know of a cluster, where one was read.
    let preparation: Preparation?
  }

  private let work: BackgroundTask<Result>
  private let cancellation: Cancellation
  /// Whether a panel waits for it, which Esc closes.
  let isWatched: Bool

  /// Becomes readable when it is answered.
  var wakeDescriptor: Int32 { work.wakeDescriptor }
  init(
    _ question: Effect.ClusterQuestion, of target: Kubectl.Target,
    protecting protected: [String] = [], beside wizard: Wizard, isWatched: Bool = false
  ) {
    let cancellation = Cancellation()
    self.cancellation = cancellation
    self.isWatched = isWatched
    work = BackgroundTask {
      do throws(ClusterError) {
        let event = try Self.answer(question, of: target, protected, cancellation)
        guard case .connected(let cluster) = event else {
          return Result(event: event, preparation: nil)
        }
        return Result(event: event, preparation: wizard.preparation(for: cluster))
      } catch {
        return Result(event: .unconnected("\(error)"), preparation: nil)
      }
    }
  }

  private static func answer(
    _ question: Effect.ClusterQuestion, of target: Kubectl.Target, _ protected: [String],
    _ cancellation: Cancellation
  ) throws(ClusterError) -> Event {
    func kubectl(_ context: String?) -> Kubectl {
      Kubectl(context.map(target.pointed) ?? target, cancelledBy: cancellation)
    }
    switch question {
    case .contexts: return .contexts(try kubectl(nil).contexts())
    case .objects(let context):
      return .connected(try cluster(through: kubectl(context), protecting: protected))
    case .objectsAgain(let context):
      return .connected(try cluster(through: kubectl(context), protecting: protected))
    case .dryRun(let asked):
      let answer = kubectl(asked.cluster).findings(
        of: asked.documents, beside: asked.background, for: asked.release)
      if let error = answer.error { throw error }
      return .validated(
        ServerAnswer(
          cluster: asked.cluster, time: Clock.timeOfDay, findings: answer.findings,
          notes: answer.notes))
    case .apply(let objects, let cluster):
      let outcome = kubectl(cluster).apply(objects)
      return .applied(
        ApplyReport(cluster: cluster, applied: outcome.applied, failures: outcome.failures))
    case .difference(let objects, let cluster):
      return .compared(try differences(of: objects, from: kubectl(cluster)))
    case .route(let key, let cluster):
      guard let route = try kubectl(cluster).route(key) else {
        throw .other("no AIGatewayRoute \(key) in cluster \(cluster)")
      }
      let text = Array(route.kubectlText.utf8)
      return .read([FileContent(path: OpenedFile.standardInput, content: .bytes(text))], .open)
    case .status(let route):
      return .routeStatus(try report(of: route, from: kubectl(route.cluster), cancellation))
    }
  }

  private static func cluster(
    through kubectl: Kubectl, protecting protected: [String]
  ) throws(ClusterError) -> KnownCluster {
    let snapshot = try kubectl.snapshot()
    let names = try kubectl.names(of: ["Secret", "ConfigMap"], around: snapshot.setting.namespace)
    return KnownCluster(
      name: snapshot.setting.context, namespace: snapshot.setting.namespace, time: Clock.timeOfDay,
      objects: snapshot.objects, incomplete: snapshot.incompleteKinds + names.incomplete,
      names: names.keys, release: snapshot.release,
      isProtected: protected.contains(snapshot.setting.context))
  }

  private static func differences(
    of objects: [Node], from kubectl: Kubectl
  ) throws(ClusterError) -> [String] {
    var lines: [String] = []
    var failure: ClusterError?
    ClusterDifference.compare(objects.map { ($0, "the form") }, in: kubectl) { place, difference in
      lines += difference.objections
      lines +=
        difference.text.map { $0.split(separator: "\n", omittingEmptySubsequences: false) }?
        .map(String.init) ?? []
      guard let error = difference.error else { return }
      lines.append("\(objects[place].title): \(error)")
      if !error.isAboutOneObject { failure = error }
    }
    if let failure { throw failure }
    return lines
  }

  /// How long a route is left alone before it is looked at again, in milliseconds.
  private static let rest = 2000

  private static func report(
    of route: WatchedRoute, from kubectl: Kubectl, _ cancellation: Cancellation
  ) throws(ClusterError) -> StatusReport {
    let start = Clock.milliseconds
    while route.isAgain, !cancellation.isAsked, Clock.milliseconds < start + rest {
      poll(nil, 0, 50)
    }
    let key = ObjectKey(route.namespace, route.name)
    let status = try kubectl.status(of: key, in: try kubectl.snapshot())
    return StatusReport(
      lines: status?.lines
        ?? [.init("no AIGatewayRoute \(key) in cluster \(route.cluster)")],
      isWell: status?.state == .well, time: Clock.timeOfDay,
      timeout: max(0, route.timeout - (Clock.milliseconds - start)))
  }

  /// The answer, if it is there within so many milliseconds.
  func answer(within milliseconds: Int32) -> Result? { work.value(within: milliseconds) }

  func giveUp() { cancellation.ask() }

  /// Gives up, and waits a moment for what it started to be gone.
  func end() {
    giveUp()
    _ = work.value(within: 1000)
  }
}

extension Effect.ClusterQuestion {
  /// Whether it is asked once more, without a word.
  var isAgain: Bool {
    switch self {
    case .objectsAgain: true
    case .status(let route): route.isAgain
    case .contexts, .objects, .dryRun, .apply, .difference, .route: false
    }
  }

  /// Whether a panel waits for the answer.
  var isWaitedFor: Bool {
    switch self {
    case .objectsAgain: false
    case .contexts, .objects, .dryRun, .apply, .difference, .route, .status: true
    }
  }
}
