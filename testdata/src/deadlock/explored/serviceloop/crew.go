package serviceloop

import "sync"

// Crew has members that work until they are told to stop, or the crew ends.
type Crew struct {
	wg    sync.WaitGroup
	once  sync.Once
	end   chan struct{}
	tasks chan func()
}

// Member is one of a crew.
type Member struct{ stop chan struct{} }

// NewCrew returns a crew without members.
func NewCrew() *Crew { return &Crew{end: make(chan struct{}), tasks: make(chan func())} }

// Hire has one more member work.
func (c *Crew) Hire() *Member {
	m := &Member{stop: make(chan struct{})}
	c.wg.Go(func() {
		for {
			select {
			case f := <-c.tasks:
				f()
			case <-m.stop:
				return
			case <-c.end:
				return
			}
		}
	})
	return m
}

// Stop has the member stop, if it still listens.
func (m *Member) Stop() {
	m.stop <- struct{}{} // want "send on m.stop blocks for ever when End and Member.Stop are called after Hire"
}

// End ends the work of all members.
func (c *Crew) End() {
	c.once.Do(func() { close(c.end) })
	c.wg.Wait()
}

// CrewFixed has members that work until they are told to stop, or the crew ends.
type CrewFixed struct {
	wg    sync.WaitGroup
	once  sync.Once
	end   chan struct{}
	tasks chan func()
}

// MemberFixed is one of a crew.
type MemberFixed struct {
	c    *CrewFixed
	stop chan struct{}
}

// NewCrewFixed returns a crew without members.
func NewCrewFixed() *CrewFixed {
	return &CrewFixed{end: make(chan struct{}), tasks: make(chan func())}
}

// Hire has one more member work.
func (c *CrewFixed) Hire() *MemberFixed {
	m := &MemberFixed{c: c, stop: make(chan struct{})}
	c.wg.Go(func() {
		for {
			select {
			case f := <-c.tasks:
				f()
			case <-m.stop:
				return
			case <-c.end:
				return
			}
		}
	})
	return m
}

// Stop has the member stop, once.
func (m *MemberFixed) Stop() {
	select {
	case m.stop <- struct{}{}:
	case <-m.c.end:
	}
}

// End ends the work of all members.
func (c *CrewFixed) End() {
	c.once.Do(func() { close(c.end) })
	c.wg.Wait()
}
