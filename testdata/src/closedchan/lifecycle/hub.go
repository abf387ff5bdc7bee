package lifecycle

import "sync"

// Hub passes events on to whoever has joined.
type Hub struct {
	mu      sync.RWMutex
	members map[chan string]func(string) bool
}

// NewHub returns a hub without members.
func NewHub() *Hub { return &Hub{members: map[chan string]func(string) bool{}} }

// Join adds a member that wants some of the events.
func (h *Hub) Join(wants func(string) bool) chan string {
	c := make(chan string, 16)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members[c] = wants
	return c
}

// Evict removes a member. Who leaves and who is thrown out may be one.
func (h *Hub) Evict(c chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.members, c)
	close(c) // contract "close of closed channel c"
}

// Publish passes an event on to those who have room for it.
func (h *Hub) Publish(event string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for c, wants := range h.members {
		if !wants(event) {
			continue
		}
		select {
		case c <- event:
		default:
		}
	}
}

// HubFixed passes events on to whoever has joined.
type HubFixed struct {
	mu      sync.RWMutex
	members map[chan string]func(string) bool
}

// NewHubFixed returns a hub without members.
func NewHubFixed() *HubFixed { return &HubFixed{members: map[chan string]func(string) bool{}} }

// Join adds a member that wants some of the events.
func (h *HubFixed) Join(wants func(string) bool) chan string {
	c := make(chan string, 16)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members[c] = wants
	return c
}

// Evict removes a member, if it is one.
func (h *HubFixed) Evict(c chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.members[c]; !ok {
		return
	}
	delete(h.members, c)
	close(c)
}

// Publish passes an event on to those who have room for it.
func (h *HubFixed) Publish(event string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for c, wants := range h.members {
		if !wants(event) {
			continue
		}
		select {
		case c <- event:
		default:
		}
	}
}
