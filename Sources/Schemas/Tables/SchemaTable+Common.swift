extension SchemaTable {
  /// Fields that stand in several kinds.
  static let common = parts(
    """
    conditions list
      - object
        lastTransitionTime text
        message text
        observedGeneration int
        reason text
        status text
        type text
    parent object
      group text
      kind text
      name text
      namespace text
      port int
      sectionName text
    ancestors list
      - object
        ancestorRef use parent
        conditions use conditions
        controllerName text
    texts list
      - text
    matchLabels map
      - text
    matchExpressions list
      - object
        key! text
        operator! text
        values use texts
    selector object
      matchExpressions use matchExpressions
      matchLabels use matchLabels
    localRef object
      group! group
      kind! kind
      name! name
    localRefs list ..8
      - use localRef
    secretRef object
      group group = ''
      kind kind = Secret
      name! name
      namespace namespace
    serviceRef object ; @servicePort
      group group = ''
      kind kind = Service
      name! name
      namespace namespace
      port port
    tlsVersion choice Auto 1.0 1.1 1.2 1.3
    headerSet list ..16 by name
      - object
        name! header
        value! text 1..4096
    removed list ..16 set
      - text
    headerChanges object
      remove use removed
      set use headerSet
    pathModifier object \
        ; type ? ReplaceFullPath:replaceFullPath ReplacePrefixMatch:replacePrefixMatch
      replaceFullPath text ..1024
      replacePrefixMatch text ..1024
      type! choice ReplaceFullPath ReplacePrefixMatch
    fraction object ; numerator<=denominator
      denominator int 1.. = 100
      numerator! int 0..
    customResponseBody object ; type!=ValueRef => inline ; type=ValueRef => valueRef \
        ; valueRef => valueRef.kind=ConfigMap
      inline text
      type! choice Inline ValueRef = Inline
      valueRef use localRef
    customResponseHeader object ; !remove+
      add use headerSet
      remove use removed
      set use headerSet
    stringMatches list
      - object
        type choice Exact Prefix Suffix RegularExpression = Exact
        value! text 1..1024
    http2 object
      connectionKeepalive object ; since 0.7 ; timeout<interval
        idleInterval duration
        interval duration
        intervalJitter int 0..100
        timeout duration
      initialConnectionWindowSize size
      initialStreamWindowSize size
      maxConcurrentStreams int 1..2147483647
      onInvalidMessage text
    """)

  /// The facts of a status with nothing but conditions.
  static let conditions = status("conditions use conditions")

  /// The facts of a policy's status.
  static let ancestors = status("ancestors use ancestors")

  /// What controllers write; of it the server checks the names only, and drops it.
  static func status(_ table: String) -> Property {
    Property(
      "status", .object(fields(table, parts: common)), help: "Written by controllers.",
      scope: .names)
  }
}
