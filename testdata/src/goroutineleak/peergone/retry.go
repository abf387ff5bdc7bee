package peergone

import "errors"

// ErrBusy asks for another try.
var ErrBusy = errors.New("busy")

// Desk has a goroutine handle what it is asked.
type Desk struct {
	asked chan string
	quit  chan struct{}
	try   func(string) error
}

// Office opens desks.
type Office struct{ try func(string) error }

// NewOffice makes an office.
func NewOffice(try func(string) error) *Office { return &Office{try} }

// Desk opens a desk.
func (o *Office) Desk() *Desk {
	d := &Desk{asked: make(chan string), quit: make(chan struct{}), try: o.try}
	go d.serve()
	return d
}

func (d *Desk) serve() {
	for {
		select {
		case <-d.quit:
			return
		case what := <-d.asked:
			if what == "" {
				d.take()
				continue
			}
			d.handle(what)
		}
	}
}

func (d *Desk) handle(what string) {
	if err := d.try(what); errors.Is(err, ErrBusy) {
		d.again(what)
	}
}

func (d *Desk) again(what string) {
	go func() {
		d.asked <- what // want `send on d.asked blocks for ever when \(\*Office\).Desk returns at line 25: nobody receives from d.asked`
	}()
}

// take takes one request back.
func (d *Desk) take() {
	select {
	case <-d.asked:
	case <-d.quit:
	}
}

// Ask has the desk handle something.
func (d *Desk) Ask(what string) {
	select {
	case d.asked <- what:
	case <-d.quit:
	}
}

// Close ends the desk.
func (d *Desk) Close() { close(d.quit) }

// DeskFixed has a goroutine handle what it is asked.
type DeskFixed struct {
	asked chan string
	quit  chan struct{}
	try   func(string) error
}

// DeskFixed opens a desk.
func (o *Office) DeskFixed() *DeskFixed {
	d := &DeskFixed{asked: make(chan string), quit: make(chan struct{}), try: o.try}
	go d.serve()
	return d
}

func (d *DeskFixed) serve() {
	for {
		select {
		case <-d.quit:
			return
		case what := <-d.asked:
			if what == "" {
				d.take()
				continue
			}
			d.handle(what)
		}
	}
}

func (d *DeskFixed) handle(what string) {
	if err := d.try(what); errors.Is(err, ErrBusy) {
		d.again(what)
	}
}

func (d *DeskFixed) again(what string) {
	go func() {
		select {
		case d.asked <- what:
		case <-d.quit:
		}
	}()
}

// take takes one request back.
func (d *DeskFixed) take() {
	select {
	case <-d.asked:
	case <-d.quit:
	}
}

// Ask has the desk handle something.
func (d *DeskFixed) Ask(what string) {
	select {
	case d.asked <- what:
	case <-d.quit:
	}
}

// Close ends the desk.
func (d *DeskFixed) Close() { close(d.quit) }
