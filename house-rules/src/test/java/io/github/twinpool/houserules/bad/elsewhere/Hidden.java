package io.github.twinpool.houserules.bad.elsewhere;

interface Hidden {}
