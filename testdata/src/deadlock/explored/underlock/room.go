package underlock

import (
	"sync"
	"time"
)

// Room tells its members what is said in it.
type Room struct {
	mu      sync.Mutex
	members map[string]chan string
}

// NewRoom returns a room without members.
func NewRoom() *Room { return &Room{members: map[string]chan string{}} }

// Enter adds a member, who leaves when hear says so. It does nothing if the name is taken.
func (r *Room) Enter(name string, hear func(msg string) (stay bool)) {
	c := make(chan string)
	r.mu.Lock()
	if _, ok := r.members[name]; ok {
		r.mu.Unlock()
		return
	}
	r.members[name] = c
	r.mu.Unlock()
	go func() {
		for msg := range c {
			if !hear(msg) {
				r.leave(name)
				return
			}
		}
	}()
}

func (r *Room) leave(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.members, name)
}

// Say tells all members.
func (r *Room) Say(msg string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.members {
		c <- msg // want "send on c blocks for ever"
	}
}

// RoomFixed tells its members what is said in it.
type RoomFixed struct {
	mu      sync.Mutex
	members map[string]chan string
}

// NewRoomFixed returns a room without members.
func NewRoomFixed() *RoomFixed { return &RoomFixed{members: map[string]chan string{}} }

// Enter adds a member, who leaves when hear says so. It does nothing if the name is taken.
func (r *RoomFixed) Enter(name string, hear func(msg string) (stay bool)) {
	c := make(chan string)
	r.mu.Lock()
	if _, ok := r.members[name]; ok {
		r.mu.Unlock()
		return
	}
	r.members[name] = c
	r.mu.Unlock()
	go func() {
		for msg := range c {
			if !hear(msg) {
				r.leave(name)
				return
			}
		}
	}()
}

func (r *RoomFixed) leave(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.members, name)
}

// Say tells all members.
func (r *RoomFixed) Say(msg string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.members {
		select {
		case c <- msg:
		case <-time.After(time.Second):
		}
	}
}
