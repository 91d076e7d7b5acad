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
      - text # A value of the list.
    matchLabels map # Labels that must be there.
      - text # The value of this label.
    matchExpressions list # Conditions on labels, all of which must hold.
      - object # A condition on one label.
        key! text # The name of the label.
        operator! text # In, NotIn, Exists or DoesNotExist.
        values use texts # The values to compare with, for In and NotIn.
    selector object # Objects by their labels.
      matchExpressions use matchExpressions
      matchLabels use matchLabels
    localRef object # An object in the same namespace.
      group! group \
          # The API group of the object; empty for those of Kubernetes itself, such as \
          ConfigMap.
      kind! kind # The kind of the object.
      name! name # The name of the object.
    localRefs list ..8
      - use localRef # An object in the same namespace.
    secretRef object # An object with certificates or credentials.
      group group = '' # The API group of the object; empty for Secret and ConfigMap.
      kind kind = Secret # The kind of the object; Secret unless the field takes others.
      name! name # The name of the object.
      namespace namespace \
          # The namespace of the object; left out, the same one. Another one needs a \
          ReferenceGrant there.
    serviceRef object ; @servicePort # The backend that is called.
      group group = '' # The API group of the backend; empty for Service.
      kind kind = Service # The kind of the backend.
      name! name # The name of the backend.
      namespace namespace \
          # The namespace of the backend; left out, the same one. Another one needs a \
          ReferenceGrant there.
      port port # The port of the backend; a Service needs one.
    tlsVersion choice Auto 1.0 1.1 1.2 1.3
    tlsSettings object ; minVersion=1.3 => !ciphers ; @tlsVersions
      ciphers list # The cipher suites for TLS 1.0 to 1.2; Envoy's own choice if left out.
        - text # A cipher suite, such as ECDHE-RSA-AES128-GCM-SHA256.
      ecdhCurves list # The curves for the key exchange; X25519 and P-256 if left out.
        - text # A curve, such as X25519.
      fingerprints list ; since 0.7 \
          # Computes fingerprints of the TLS handshake, which access logs and headers can \
          show; none if left out.
        - choice JA3 JA4 # A kind of fingerprint.
      maxVersion use tlsVersion # The newest version of TLS that is accepted; 1.3 if left out.
      minVersion use tlsVersion # The oldest version of TLS that is accepted; 1.2 if left out.
      signatureAlgorithms list \
          # The signature algorithms that are accepted; Envoy's own choice if left out.
        - text # A signature algorithm.
    backendTLSSettings object with tlsSettings
      alpnProtocols use texts \
          # The protocols that are offered in the TLS handshake; those of the backend if left \
          out.
      clientCertificateRef use secretRef \
          # The Secret with the certificate and private key that backends are shown.
    namedHeader object # A header and its value.
      name! header # The name of the header.
      value! text 1..4096 # The value of the header.
    headerSet list ..16 by name
      - use namedHeader
    removed list ..16 set
      - text # The name of a header.
    headerChanges object # How headers are changed.
      remove use removed # Headers that are removed.
      set use headerSet # Headers that are set, in the place of those with the same name.
    requestPath object # The path of the request.
      invert bool = false # Whether every other path is meant.
      type choice Exact PathPrefix RegularExpression = PathPrefix # How the path is compared.
      value! text ..1024 = '/' # The path, its beginning or a regular expression.
    pathModifier object \
        ; type ? ReplaceFullPath:replaceFullPath ReplacePrefixMatch:replacePrefixMatch \
        # How the path is changed.
      replaceFullPath text ..1024 # The new path, for type ReplaceFullPath.
      replacePrefixMatch text ..1024 \
          # What replaces the matched beginning of the path, for type ReplacePrefixMatch.
      type! choice ReplaceFullPath ReplacePrefixMatch \
          # Whether the whole path is replaced or the matched beginning of it.
    fraction object ; numerator<=denominator # A share: numerator of denominator.
      denominator int 1.. = 100 \
          # What the share is counted in: with 100, numerator is a percentage.
      numerator! int 0.. # How many of denominator; 0 is none.
    customResponseBody object ; type!=ValueRef => inline ; type=ValueRef => valueRef \
        ; valueRef => valueRef.kind=ConfigMap # The body of a response.
      inline text \
          # The body as text; command operators of Envoy's access log (%...%) may stand in it.
      type! choice Inline ValueRef = Inline \
          # Whether the body stands here (Inline) or in a ConfigMap (ValueRef).
      valueRef use localRef \
          # The ConfigMap that holds the body in its key response.body, else in its first key.
    customResponseHeader object ; !remove+ # Headers to set or to add.
      add use headerSet # Headers that are added to those that are there.
      remove use removed # Not allowed here: headers of a response cannot be removed.
      set use headerSet # Headers that are set, in the place of those with the same name.
    stringMatch object # A text to compare with.
      type choice Exact Prefix Suffix RegularExpression = Exact # How the texts are compared.
      value! text 1..1024 \
          # The text, its beginning, its end or a regular expression, as type says.
    stringMatches list
      - use stringMatch
    customTags map # Tags of each span by name.
      - object # Where the value of this tag comes from.
        environment object \
            # Takes the value from an environment variable of the proxy, for type \
            Environment.
          defaultValue text # The value of the tag where the environment variable is not set.
          name! text # The name of the environment variable.
        literal object # Gives the tag a fixed value, for type Literal.
          value! text # The fixed value of the tag.
        requestHeader object \
            # Takes the value from a header of the request, for type RequestHeader.
          defaultValue text # The value of the tag where the request has no such header.
          name! text # The name of the request header.
        type! choice Literal Environment RequestHeader = Literal \
            # Whether the tag has a fixed value or takes it from an environment variable \
            or a header.
    tracingSettings object
      customTags use customTags # Tags of each span by name; deprecated, use tags.
      samplingFraction use fraction \
          # The share of requests that are traced where nothing else has decided.
      spanName object \
          # The names of the spans; command operators of Envoy's access log (%...%) may stand in \
          them.
        client! text # The name of the span for the client's request.
        server! text # The name of the span for the request to the backend.
      tags map \
          # Tags of each span; command operators of Envoy's access log (%...%) may stand in \
          them. They win over customTags.
        - text # The value of this tag.
    http2 object # HTTP/2 windows, limits and keep-alive.
      connectionKeepalive object ; since 0.7 ; timeout<interval \
          # Sends PING frames that keep a connection open and find a dead one.
        idleInterval duration # How long a connection is idle before a PING is sent.
        interval duration # The time between two PING frames.
        intervalJitter int 0..100 \
            # A random addition to each interval, in percent of it; 15 if left out.
        timeout duration \
            # How long the answer to a PING may take before the connection counts as dead; \
            shorter than interval.
      initialConnectionWindowSize size \
          # The flow-control window of an HTTP/2 connection in bytes; 1Mi if left out.
      initialStreamWindowSize size \
          # The flow-control window of an HTTP/2 stream in bytes; 64Ki if left out.
      maxConcurrentStreams int 1..2147483647 \
          # The largest number of streams at the same time in one connection; 100 if left out.
      onInvalidMessage text \
          # What an invalid message ends: the connection (TerminateConnection), the default, \
          or only its stream (TerminateStream).
    tcpKeepalive object # TCP keep-alive probes on idle connections; none are sent if left out.
      idleTime duration # How long a connection is idle before the first probe; 7200s if left out.
      interval duration # The time between two keep-alive probes; 75s if left out.
      probes int # Unanswered probes after which a connection counts as dead; 9 if left out.
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
