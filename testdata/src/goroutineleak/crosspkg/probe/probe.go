// Package probe watches hosts with what package gauge has.
package probe

import (
	"time"

	"example.com/corpus/goroutineleak/crosspkg/gauge"
	"example.com/corpus/goroutineleak/crosspkg/lines"
)

// Probe watches one host.
type Probe struct {
	Host string
	rate *gauge.Gauge
}

// New watches a host until the probe is closed.
func New(host string, rate func() float64) *Probe {
	return &Probe{Host: host, rate: gauge.Start(rate, time.Second)}
}

// Rate is the last rate of the host.
func (p *Probe) Rate() float64 { return p.rate.Last() }

// Close ends the watch.
func (p *Probe) Close() error { return p.rate.Close() }

// Names gives the names of hosts, one after the other.
func Names(hosts []string) <-chan string { return lines.All(hosts) }

// NamesUntil is Names for those who may not want all of them.
func NamesUntil(done <-chan struct{}, hosts []string) <-chan string {
	return lines.Until(done, hosts)
}
