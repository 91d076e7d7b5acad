import Cluster
import Wizard
import RouteForm
import Glibc
import Resources
import YAML

/// A question to a cluster on a thread of its own, which can be given up.
struct ClusterErrand {
  private let work: Background<Event>
  private let cancellation: Cancellation
  /// Whether a panel waits for it, which Esc closes.
  let isWatched: Bool

  /// Becomes readable when it is answered.
  var bell: Int32 { work.bell }
  /// The answer, once it is there.
  var event: Event? { work.value(within: 0) }

  init(
    _ question: Effect.ClusterQuestion, of target: Kubectl.Target,
    protecting protected: [String] = [],
    isWatched: Bool = false
  ) {
    let cancellation = Cancellation()
    self.cancellation = cancellation
    self.isWatched = isWatched
    work = Background {
      do throws(ClusterFault) {
        return try Self.answer(question, of: target, protected, cancellation)
      } catch {
        return .unconnected("\(error)")
      }
    }
  }

  private static func answer(
    _ question: Effect.ClusterQuestion, of target: Kubectl.Target, _ protected: [String],
    _ cancellation: Cancellation
  ) throws(ClusterFault) -> Event {
    func kubectl(_ context: String?) -> Kubectl {
      Kubectl(context.map(target.pointed) ?? target, cancelledBy: cancellation)
    }
    switch question {
    case .contexts: return .contexts(try kubectl(nil).contexts())
    case .objects(let context):
      return .connected(
        KnownCluster(
          try kubectl(context).snapshot(), at: Clock.timeOfDay, protecting: protected))
    case .judgement(let asked):
      let answer = kubectl(asked.cluster).findings(
        of: asked.documents, beside: asked.background, for: asked.release)
      if let fault = answer.fault { throw fault }
      return .judged(
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
      return .followed(try report(of: route, from: kubectl(route.cluster), cancellation))
    }
  }

  private static func differences(
    of objects: [Node], from kubectl: Kubectl
  ) throws(ClusterFault) -> [String] {
    var lines: [String] = []
    for object in objects {
      do throws(ClusterFault) {
        let stored = try kubectl.comparison(of: object)
        lines += stored.objections.map { "\(object.title): \($0.sentence)" }
        guard let proposed = stored.proposed, stored.present != proposed else { continue }
        let text = Diff.text(stored.present, proposed, of: object.title, in: "the form")
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      } catch {
        guard error.isAboutOneObject else { throw error }
        lines.append("\(object.title): \(error)")
      }
    }
    return lines
  }

  /// How long a route is left alone before it is looked at again, in milliseconds.
  private static let rest = 2000

  private static func report(
    of route: FollowedRoute, from kubectl: Kubectl, _ cancellation: Cancellation
  ) throws(ClusterFault) -> StatusReport {
    let start = Clock.milliseconds
    while route.isAgain, !cancellation.isAsked, Clock.milliseconds < start + rest {
      poll(nil, 0, 50)
    }
    let key = ObjectKey(route.namespace, route.name)
    let status = try kubectl.status(of: key, in: try kubectl.snapshot())
    return StatusReport(
      lines: status?.lines ?? ["no AIGatewayRoute \(key) in cluster \(route.cluster)"],
      isWell: status?.state == .well, time: Clock.timeOfDay,
      patience: max(0, route.patience - (Clock.milliseconds - start)))
  }

  func giveUp() { cancellation.ask() }
}

extension KnownCluster {
  fileprivate init(
    _ snapshot: ClusterSnapshot, at time: String, protecting protected: [String]
  ) {
    self.init(
      name: snapshot.setting.context, namespace: snapshot.setting.namespace, time: time,
      objects: snapshot.objects, incomplete: snapshot.incompleteKinds,
      isProtected: protected.contains(snapshot.setting.context))
  }
}
