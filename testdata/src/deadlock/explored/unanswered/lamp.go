package unanswered

import "example.com/corpus/silent/supervised/crew"

// Lamp is asked for light. What it embeds has no part in that.
type Lamp struct {
	crew.Badge
	asked chan bool
	on    bool
}

// NewLamp returns a lamp.
func NewLamp() *Lamp { return &Lamp{asked: make(chan bool)} }

// Ask asks for light, or for none.
func (l *Lamp) Ask(on bool) bool {
	l.asked <- on // want `send on l.asked blocks for ever`
	return l.on
}

// LampFixed is asked for light.
type LampFixed struct {
	crew.Badge
	asked chan bool
	on    bool
}

// NewLampFixed returns a lamp.
func NewLampFixed() *LampFixed { return &LampFixed{asked: make(chan bool, 1)} }

// Ask asks for light, or for none.
func (l *LampFixed) Ask(on bool) bool {
	l.asked <- on
	l.on = <-l.asked
	return l.on
}
