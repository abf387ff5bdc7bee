package lengths

import (
	"errors"
	"runtime"
)

// Cluster is made elsewhere.
type Cluster interface {
	Nodes() []Node
}

// Node is one of a cluster.
type Node interface {
	Ping() error
}

// Ping waits for as many answers as there are nodes.
func Ping(c Cluster) error {
	errs := make(chan error)
	for _, n := range c.Nodes() {
		go func() { errs <- n.Ping() }()
	}
	var all []error
	for range c.Nodes() {
		all = append(all, <-errs)
	}
	return errors.Join(all...)
}

// PingAtOnce has room for all answers.
func PingAtOnce(c Cluster) error {
	errs := make(chan error, len(c.Nodes()))
	for _, n := range c.Nodes() {
		go func() { errs <- n.Ping() }()
	}
	for range c.Nodes() {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// EachProcessor has as many goroutines as there are processors, each time it asks.
func EachProcessor(f func(int) int) (sum int) {
	c := make(chan int)
	for i := range runtime.NumCPU() {
		go func() { c <- f(i) }()
	}
	for range runtime.NumCPU() {
		sum += <-c
	}
	return sum
}
