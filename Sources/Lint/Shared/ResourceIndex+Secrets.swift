import Resources

extension ResourceIndex {
  /// The Secrets that stand among the documents, or are made of some of them.
  var secretsAtHand: Presence {
    Presence(of: stored("Secret") + documents.compactMap(\.madeSecret))
  }
}
