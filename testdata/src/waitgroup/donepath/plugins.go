package donepath

import (
	"sync"
	"sync/atomic"
)

type host struct {
	wg     sync.WaitGroup
	broken atomic.Int64
}

func (h *host) run(name string, init func()) {
	defer func() {
		if r := recover(); r != nil {
			h.broken.Add(1)
		}
	}()
	if name == "" {
		name = "unnamed"
	}
	init()
	h.wg.Done()
}

// Plugins initialises the plugins and returns how many of them panicked.
func Plugins(inits map[string]func()) int {
	h := new(host)
	for name, init := range inits {
		h.wg.Add(1)
		go h.run(name, init)
	}
	h.wg.Wait() // missed "h.wg.Wait blocks for ever"
	return int(h.broken.Load())
}

type hostFixed struct {
	wg     sync.WaitGroup
	broken atomic.Int64
}

func (h *hostFixed) run(name string, init func()) {
	defer func() {
		if r := recover(); r != nil {
			h.broken.Add(1)
		}
	}()
	defer h.wg.Done()
	if name == "" {
		name = "unnamed"
	}
	init()
}

// PluginsFixed initialises the plugins and returns how many of them panicked.
func PluginsFixed(inits map[string]func()) int {
	h := new(hostFixed)
	for name, init := range inits {
		h.wg.Add(1)
		go h.run(name, init)
	}
	h.wg.Wait()
	return int(h.broken.Load())
}
