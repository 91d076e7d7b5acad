import YAML

extension InvalidSettingCollector {
  /// How connections of clients are kept open: options of the listener's socket.
  mutating func checkSocketOptions(in path: Path) {
    for unfit in UnfitKeepalive.all(in: object[path]) {
      add(path.appending(unfit.field), "Linux takes \(unfit.accepted)", component: .envoy)
    }
  }
}
