extension SchemaTable {
  /// How Envoy Gateway treats a cluster of backends, also where other kinds embed that.
  static let clusterSettings = parts(
    """
    payload object ; @bytes ; type ? Text:text Binary:binary
      binary text base64
      text text
      type! choice Text Binary
    circuitBreaker object
      maxConnections long 0..4294967295 = 1024
      maxParallelRequests long 0..4294967295 = 1024
      maxParallelRetries long 0..4294967295 = 1024
      maxPendingRequests long 0..4294967295 = 1024
      maxRequestsPerConnection long 0..4294967295
      perEndpoint object
        maxConnections long 0..4294967295 = 1024
      retryBudget object ; since 0.7
        minRetryConcurrency int
        percent! use fraction
    clusterConnection object
      bufferLimit size
      preconnect object
        perEndpointPercent int 100..300
        predictivePercent int 100..
      socketBufferLimit size
    dns object
      dnsRefreshRate duration
      lookupFamily choice IPv4 IPv6 IPv4Preferred IPv6Preferred IPv4AndIPv6
      respectDnsTtl bool
    healthCheck object
      active object ; type ? HTTP:http TCP:tcp ; grpc => type=GRPC
        grpc object
          service text
        healthyThreshold int 1.. = 1
        healthCheckLog object ; since next
          matches list ..4 set ; @logPairs
            - choice Failure FailureSeriesStart Success HealthyTransition
          sinks list ..1
            - object ; type ? File:file
              file object
                path! text 1..
              type! choice File
        http object ; since next @requestBody
          expectedResponse use payload
          expectedStatuses list
            - long 100..599
          hostname subdomain
          method text ; since next as ..16
          path! text 1..1024
          requestBody use payload ; since next
          retriableStatuses list ; since 0.7
            - long 100..599
        initialJitter duration
        interval duration = 3s
        overrides object ; since 0.7
          port port
        tcp object
          receive use payload
          send use payload
        timeout duration = 1s
        type! choice HTTP TCP GRPC
        unhealthyThreshold int 1.. = 3
      panicThreshold int 0..100
      passive use passive
    loadBalancer object \
        ; type ? ConsistentHash:consistentHash BackendUtilization:backendUtilization \
        DynamicModule:dynamicModule ; type=Random,ConsistentHash,DynamicModule => !slowStart \
        ; until 0.6 type=ConsistentHash => !zoneAware \
        ; since 0.7 type=ConsistentHash,BackendUtilization => !zoneAware.preferLocal \
        ; type=DynamicModule => !zoneAware \
        ; zoneAware.preferLocal => !zoneAware.weightedZones \
        ; type=DynamicModule => !endpointOverride
      backendUtilization object ; since 0.7
        blackoutPeriod duration
        errorUtilizationPenaltyPercent int 0..
        keepResponseHeaders bool = false
        metricNamesForComputingUtilization use texts
        outOfBand object ; since next
          authority text 1..259 oneLine
          port port
          reportingPeriod duration ; @notZero
        weightExpirationPeriod duration
        weightUpdatePeriod duration
      consistentHash object \
          ; type ? Header:header Headers:headers Cookie:cookie QueryParams:queryParams
        cookie object
          attributes use matchLabels
          name! text
          ttl duration
        header object
          name! text
        headers list
          - object
            name! text
        queryParams list
          - object
            name! text
        tableSize long 2..5000011 = 65537
        type! choice SourceIP Header Headers Cookie QueryParams
      dynamicModule object ; since 0.7
        config any
        lbPolicyName! name
        name! text 1..253 moduleName
      endpointOverride object
        extractFrom! list 1..10
          - object
            header text
      slowStart object
        window! duration
      type! choice ConsistentHash LeastRequest Random RoundRobin BackendUtilization DynamicModule \
          ; until 0.6 as choice ConsistentHash LeastRequest Random RoundRobin
      zoneAware object
        preferLocal object
          force object
            minEndpointsInZoneThreshold int
          minEndpointsThreshold long
          percentageEnabled int 0..100
        weightedZones list by zone ; since 0.7
          - object
            weight! int
            zone! text
    sentProxyProtocol object
      version! choice V1 V2
    tcpKeepalive object
      idleTime duration
      interval duration
      probes int
    clusterSettings object \
        ; connection.preconnect.predictivePercent => loadBalancer.type=Random,RoundRobin
      circuitBreaker use circuitBreaker
      connection use clusterConnection
      dns use dns
      healthCheck use healthCheck
      http2 use http2
      loadBalancer use loadBalancer
      proxyProtocol use sentProxyProtocol
      retry use retry
      tcpKeepalive use tcpKeepalive
      timeout use timeout
    """,
    and: common.merging(ResourceKind.shownSettings.map { ($0.name, $0) }) { first, _ in first })
}
