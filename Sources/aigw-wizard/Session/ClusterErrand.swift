import Cluster
import Wizard
import RouteForm

/// A question to a cluster on a thread of its own, which can be given up.
struct ClusterErrand {
  enum Question: Sendable {
    case contexts
    /// What the cluster of a context holds, nil for the current one.
    case objects(String?)
  }

  private let work: Background<Event>
  private let cancellation: Cancellation
  /// Whether a panel waits for it, which Esc closes.
  let isWatched: Bool

  /// Becomes readable when it is answered.
  var bell: Int32 { work.bell }
  /// The answer, once it is there.
  var event: Event? { work.value(within: 0) }

  init(_ question: Question, of target: Kubectl.Target, isWatched: Bool = false) {
    let cancellation = Cancellation()
    self.cancellation = cancellation
    self.isWatched = isWatched
    work = Background {
      do throws(ClusterFault) {
        switch question {
        case .contexts:
          return .contexts(try Kubectl(target, cancelledBy: cancellation).contexts())
        case .objects(let context):
          var target = target
          if let context { target.context = context }
          return .connected(
            KnownCluster(
              try Kubectl(target, cancelledBy: cancellation).snapshot(), at: Clock.timeOfDay))
        }
      } catch {
        return .unconnected("\(error)")
      }
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
