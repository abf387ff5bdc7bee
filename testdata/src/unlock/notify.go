package unlock

import "sync"

// A roster has the guests leave with their host, once it is unlocked again.
type roster struct {
	mu     sync.RWMutex
	guests map[string][]string
}

func (r *roster) unlockAndTell(gone *[]string) {
	r.mu.Unlock()
	for _, name := range *gone {
		r.leave(name)
	}
}

func (r *roster) leave(name string) int {
	r.mu.Lock()
	var gone []string
	defer r.unlockAndTell(&gone)
	gone = r.guests[name]
	delete(r.guests, name)
	return len(r.guests)
}

func (r *roster) has(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.guests[name]) > 0
}

func (r *roster) leaveAll(names ...string) bool {
	for _, name := range names {
		r.leave(name)
	}
	return r.has("host")
}

func (r *roster) leaveAlone(name string) {
	r.mu.Lock()
	if len(r.guests[name]) > 0 {
		return // want "return without unlocking r.mu"
	}
	delete(r.guests, name)
	r.mu.Unlock()
}
