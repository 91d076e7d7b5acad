import Cluster
import Wizard
import RouteForm

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
    _ question: Effect.ClusterQuestion, of target: Kubectl.Target, isWatched: Bool = false
  ) {
    let cancellation = Cancellation()
    self.cancellation = cancellation
    self.isWatched = isWatched
    work = Background {
      do throws(ClusterFault) {
        return try Self.answer(question, of: target, cancellation)
      } catch {
        return .unconnected("\(error)")
      }
    }
  }

  private static func answer(
    _ question: Effect.ClusterQuestion, of target: Kubectl.Target, _ cancellation: Cancellation
  ) throws(ClusterFault) -> Event {
    func kubectl(_ context: String?) -> Kubectl {
      Kubectl(context.map(target.pointed) ?? target, cancelledBy: cancellation)
    }
    switch question {
    case .contexts: return .contexts(try kubectl(nil).contexts())
    case .objects(let context):
      return .connected(KnownCluster(try kubectl(context).snapshot(), at: Clock.timeOfDay))
    case .judgement(let asked):
      let answer = kubectl(asked.cluster).findings(
        of: asked.documents, beside: asked.background, for: asked.release)
      if let fault = answer.fault { throw fault }
      return .judged(
        ServerAnswer(
          cluster: asked.cluster, time: Clock.timeOfDay, findings: answer.findings,
          notes: answer.notes))
    }
  }

  func giveUp() { cancellation.ask() }
}

extension KnownCluster {
  fileprivate init(_ snapshot: ClusterSnapshot, at time: String) {
    self.init(
      name: snapshot.setting.context, namespace: snapshot.setting.namespace, time: time,
      objects: snapshot.objects, incomplete: snapshot.incompleteKinds)
  }
}
