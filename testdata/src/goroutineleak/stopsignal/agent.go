package stopsignal

import "sync"

type signals struct {
	stop   chan struct{}
	reload chan string
}

// Agent keeps a configuration up to date.
type Agent struct {
	signals
	mu      sync.RWMutex
	conf    string
	stopped bool
}

// NewAgent starts an agent.
func NewAgent(conf string) *Agent {
	a := &Agent{conf: conf}
	a.signals = signals{stop: make(chan struct{}), reload: make(chan string)}
	go a.run()
	return a
}

func (a *Agent) run() {
	for {
		select { // want "select blocks for ever"
		case conf := <-a.reload:
			a.mu.Lock()
			a.conf = conf
			a.mu.Unlock()
		case <-a.stop:
			return
		}
	}
}

// Reload sets the configuration.
func (a *Agent) Reload(conf string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.conf = conf
}

// Config returns the configuration.
func (a *Agent) Config() string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.conf
}

// Stop ends the agent. It may be called more than once.
func (a *Agent) Stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stopped {
		return
	}
	a.stopped = true
}

type signalsFixed struct {
	stop   chan struct{}
	reload chan string
}

// AgentFixed keeps a configuration up to date.
type AgentFixed struct {
	signalsFixed
	mu      sync.RWMutex
	conf    string
	stopped bool
}

// NewAgentFixed starts an agent.
func NewAgentFixed(conf string) *AgentFixed {
	a := &AgentFixed{conf: conf}
	a.signalsFixed = signalsFixed{stop: make(chan struct{}), reload: make(chan string)}
	go a.run()
	return a
}

func (a *AgentFixed) run() {
	for {
		select {
		case conf := <-a.reload:
			a.mu.Lock()
			a.conf = conf
			a.mu.Unlock()
		case <-a.stop:
			return
		}
	}
}

// Reload sets the configuration.
func (a *AgentFixed) Reload(conf string) {
	select {
	case a.reload <- conf:
	case <-a.stop:
	}
}

// Config returns the configuration.
func (a *AgentFixed) Config() string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.conf
}

// Stop ends the agent. It may be called more than once.
func (a *AgentFixed) Stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stopped {
		return
	}
	a.stopped = true
	close(a.stop)
}
