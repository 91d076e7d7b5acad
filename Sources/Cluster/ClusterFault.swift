/// Why a cluster could not be queried, or did not answer.
package enum ClusterFault: Error, Hashable, Sendable {
  case noKubectl
  /// The context or kubeconfig is none that kubectl knows; kubectl's words.
  case configuration(String)
  case unreachable(String)
  /// The login is missing, wrong or no longer valid.
  case login(String)
  case forbidden(String)
  /// The server knows no such kind.
  case missingKind(String)
  case tooManyRequests
  /// The server failed (5xx); its words.
  case server(String)
  /// What came was not what an API server says.
  case unreadable(String)
  /// No more megabytes than that are read.
  case tooLarge(Int)
  /// No answer within so many seconds.
  case late(Int)
  case cancelled
  /// kubectl does not know what it was told to do; its words.
  case oldKubectl(String)
  /// The server does not store the object; its words.
  case refused(String)
  case other(String)
}

extension ClusterFault {
  /// Whether other questions may well be answered.
  package var isAboutOneObject: Bool {
    switch self {
    case .forbidden, .missingKind, .server, .refused, .other: true
    case .noKubectl, .configuration, .unreachable, .login, .tooManyRequests, .unreadable,
      .tooLarge, .late, .cancelled, .oldKubectl:
      false
    }
  }
}

extension ClusterFault: CustomStringConvertible {
  /// One sentence, with what can be done about it.
  package var description: String {
    switch self {
    case .noKubectl: "the cluster cannot be queried: kubectl is not on PATH; install it"
    case .configuration(let words):
      "the cluster cannot be queried: \(words); use a context of kubectl config get-contexts"
    case .unreachable(let words): "the cluster's server cannot be reached: \(words)"
    case .login(let words):
      "the cluster does not accept the login, which may have expired; log in again (\(words))"
    case .forbidden(let words): "the cluster does not allow it: \(words)"
    case .missingKind(let words):
      "the cluster does not have the kind: \(words); install the CRDs of AI Gateway"
    case .tooManyRequests: "the cluster's server has too many requests (429); try again later"
    case .server(let words): "the cluster's server failed: \(words)"
    case .unreadable(let words):
      "the response is not from a Kubernetes API server, or incomplete: \(words)"
    case .tooLarge(let megabytes):
      "the cluster's answer is larger than \(megabytes) MiB; choose one namespace with -n"
    case .late(let seconds):
      "no answer from the cluster within \(seconds) s; raise --request-timeout"
    case .cancelled: "the cluster request was cancelled"
    case .oldKubectl(let words):
      "kubectl is too old for this (\(words)); use 1.20 or newer"
    case .refused(let words): "the cluster refuses it: \(words)"
    case .other(let words): "kubectl failed: \(words)"
    }
  }
}
