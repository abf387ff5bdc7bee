package locks

import "sync"

// Hub has a loop that handles messages by their kind. Close waits for its end.
type Hub struct {
	in    chan message
	over  chan struct{}
	wg    sync.WaitGroup
	mu    sync.Mutex
	rooms map[string]*room
}

type message struct {
	kind int
	room string
}

type room struct {
	mu     sync.Mutex
	hub    *Hub
	closed bool
}

// hubHandlers are what is done for each kind of message.
var hubHandlers = []func(*Hub, *room){
	(*Hub).enter,
	drop,
}

// NewHub starts the loop.
func NewHub() *Hub {
	h := &Hub{in: make(chan message), over: make(chan struct{}), rooms: map[string]*room{}}
	go h.loop()
	h.wg.Go(h.count)
	return h
}

// Send sends a message.
func (h *Hub) Send(kind int, name string) { h.in <- message{kind, name} }

func (h *Hub) loop() {
	defer close(h.over)
	for m := range h.in {
		h.mu.Lock()
		r := h.rooms[m.room]
		if r == nil {
			r = &room{hub: h}
			h.rooms[m.room] = r
		}
		h.mu.Unlock()
		if m.kind < len(hubHandlers) {
			hubHandlers[m.kind](h, r)
		}
	}
}

func (h *Hub) enter(r *room) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h.mu.Lock()
	h.rooms["last"] = r
	h.mu.Unlock()
}

func drop(h *Hub, r *room) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.rooms, "last")
}

// count is the other way in which a goroutine tells that it has ended.
func (h *Hub) count() {
	<-h.over
	for _, r := range h.rooms {
		h.lockBoth(r)
	}
}

func (h *Hub) lockBoth(r *room) {
	r.mu.Lock()
	h.mu.Lock()
	r.closed = true
	h.mu.Unlock()
	r.mu.Unlock()
}

// Close closes the rooms when nobody handles messages any more.
func (h *Hub) Close() {
	close(h.in)
	<-h.over
	h.wg.Wait()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.close()
	}
}

func (r *room) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}

// HastyHub closes the rooms while its loop may still be at work.
type HastyHub struct {
	in    chan message
	over  chan struct{}
	mu    sync.Mutex
	rooms map[string]*hastyRoom
}

type hastyRoom struct {
	mu     sync.Mutex
	closed bool
}

var hastyHandlers = map[int]func(*HastyHub, *hastyRoom){1: (*HastyHub).enter}

// NewHastyHub starts the loop.
func NewHastyHub() *HastyHub {
	h := &HastyHub{in: make(chan message), over: make(chan struct{}), rooms: map[string]*hastyRoom{}}
	go h.loop()
	return h
}

// Send sends a message.
func (h *HastyHub) Send(kind int, name string) { h.in <- message{kind, name} }

func (h *HastyHub) loop() {
	defer close(h.over)
	for m := range h.in {
		h.mu.Lock()
		r := h.rooms[m.room]
		if r == nil {
			r = &hastyRoom{}
			h.rooms[m.room] = r
		}
		h.mu.Unlock()
		if handle := hastyHandlers[m.kind]; handle != nil {
			handle(h, r)
		}
	}
}

func (h *HastyHub) enter(r *hastyRoom) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h.mu.Lock() // want "h.mu is locked while r.mu is held"
	h.rooms["last"] = r
	h.mu.Unlock()
}

// Close closes the rooms before it waits.
func (h *HastyHub) Close() {
	close(h.in)
	h.mu.Lock()
	for _, r := range h.rooms {
		r.close()
	}
	h.mu.Unlock()
	<-h.over
}

func (r *hastyRoom) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}
