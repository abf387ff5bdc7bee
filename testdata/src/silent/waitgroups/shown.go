package waitgroups

import "sync"

// Nodes shows its nodes to everybody, but only the package starts and stops them.
type Nodes struct {
	All []*Node

	mu sync.Mutex
	wg sync.WaitGroup
}

type Node struct {
	Name string
	stop chan struct{} // nil if it does not run
}

// StartNodes starts some nodes.
func StartNodes(names []string) *Nodes {
	ns := &Nodes{All: make([]*Node, len(names))}
	for i, name := range names {
		ns.All[i] = &Node{Name: name, stop: make(chan struct{})}
		ns.wg.Add(1)
	}
	return ns
}

// Halt halts a node.
func (ns *Nodes) Halt(i int) {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if ns.All[i].stop != nil {
		close(ns.All[i].stop)
		ns.All[i].stop = nil
		ns.wg.Done()
	}
}

// Close halts all nodes.
func (ns *Nodes) Close() {
	for i := range ns.All {
		ns.Halt(i)
	}
	ns.wg.Wait()
}
