package serviceloop

import "sync"

// Hub passes messages on to the members of a chat.
type Hub struct {
	join  chan chan<- string
	leave chan chan<- string
	say   chan string
	stop  chan struct{}
	once  sync.Once
}

// NewHub starts a hub.
func NewHub() *Hub {
	h := &Hub{
		join:  make(chan chan<- string),
		leave: make(chan chan<- string),
		say:   make(chan string),
		stop:  make(chan struct{}),
	}
	go h.run()
	return h
}

func (h *Hub) run() {
	members := map[chan<- string]bool{}
	for {
		select {
		case m := <-h.join:
			members[m] = true
		case m := <-h.leave:
			delete(members, m)
		case msg := <-h.say:
			for m := range members {
				select {
				case m <- msg:
				default:
				}
			}
		case <-h.stop:
			return
		}
	}
}

// Join returns a channel with what is said, and a function to leave.
func (h *Hub) Join(room int) (<-chan string, func()) {
	m := make(chan string, max(1, room))
	select {
	case h.join <- m:
	case <-h.stop:
	}
	return m, func() {
		h.leave <- m // want "send on h.leave blocks for ever"
	}
}

// Say tells all members.
func (h *Hub) Say(msg string) {
	select {
	case h.say <- msg:
	case <-h.stop:
	}
}

// Close ends the hub.
func (h *Hub) Close() { h.once.Do(func() { close(h.stop) }) }

// Talk joins a hub for the time of a talk and returns what was heard.
func Talk(msgs ...string) (heard []string) {
	h := NewHub()
	c, leave := h.Join(len(msgs))
	defer leave()
	defer h.Close()
	for _, m := range msgs {
		h.Say(m)
		heard = append(heard, <-c)
	}
	return heard
}

// HubFixed passes messages on to the members of a chat.
type HubFixed struct {
	join  chan chan<- string
	leave chan chan<- string
	say   chan string
	stop  chan struct{}
	once  sync.Once
}

// NewHubFixed starts a hub.
func NewHubFixed() *HubFixed {
	h := &HubFixed{
		join:  make(chan chan<- string),
		leave: make(chan chan<- string),
		say:   make(chan string),
		stop:  make(chan struct{}),
	}
	go h.run()
	return h
}

func (h *HubFixed) run() {
	members := map[chan<- string]bool{}
	for {
		select {
		case m := <-h.join:
			members[m] = true
		case m := <-h.leave:
			delete(members, m)
		case msg := <-h.say:
			for m := range members {
				select {
				case m <- msg:
				default:
				}
			}
		case <-h.stop:
			return
		}
	}
}

// Join returns a channel with what is said, and a function to leave.
func (h *HubFixed) Join(room int) (<-chan string, func()) {
	m := make(chan string, max(1, room))
	select {
	case h.join <- m:
	case <-h.stop:
	}
	return m, func() {
		select {
		case h.leave <- m:
		case <-h.stop:
		}
	}
}

// Say tells all members.
func (h *HubFixed) Say(msg string) {
	select {
	case h.say <- msg:
	case <-h.stop:
	}
}

// Close ends the hub.
func (h *HubFixed) Close() { h.once.Do(func() { close(h.stop) }) }

// TalkFixed joins a hub for the time of a talk and returns what was heard.
func TalkFixed(msgs ...string) (heard []string) {
	h := NewHubFixed()
	c, leave := h.Join(len(msgs))
	defer leave()
	defer h.Close()
	for _, m := range msgs {
		h.Say(m)
		heard = append(heard, <-c)
	}
	return heard
}
