package order

import (
	"io"
	"sync"
)

// player writes frames at their own pace.
type player struct {
	frames map[string]chan []byte
	wg     sync.WaitGroup
}

func (p *player) open(name string, w io.Writer) {
	c := make(chan []byte, 4)
	p.frames[name] = c
	p.wg.Go(func() {
		for f := range c { // want "range over c never ends"
			w.Write(f)
		}
	})
}

func (p *player) close(names []string) {
	for _, n := range names {
		if c, ok := p.frames[n]; ok {
			delete(p.frames, n)
			close(c)
		}
	}
	p.wg.Wait()
}

// Replay writes the frame to all tracks.
func Replay(tracks map[string]io.Writer, frame []byte) int {
	p := &player{frames: map[string]chan []byte{}}
	var names []string
	for name, w := range tracks {
		p.open(name, w)
		if name != "" {
			names = append(names, name)
		}
	}
	for _, c := range p.frames {
		c <- frame
	}
	p.close(names)
	return len(names)
}

// playerFixed writes frames at their own pace.
type playerFixed struct {
	frames map[string]chan []byte
	wg     sync.WaitGroup
}

func (p *playerFixed) open(name string, w io.Writer) {
	c := make(chan []byte, 4)
	p.frames[name] = c
	p.wg.Go(func() {
		for f := range c {
			w.Write(f)
		}
	})
}

func (p *playerFixed) close(names []string) {
	for _, n := range names {
		if c, ok := p.frames[n]; ok {
			delete(p.frames, n)
			close(c)
		}
	}
	p.wg.Wait()
}

// ReplayFixed writes the frame to all tracks.
func ReplayFixed(tracks map[string]io.Writer, frame []byte) int {
	p := &playerFixed{frames: map[string]chan []byte{}}
	var names []string
	for name, w := range tracks {
		p.open(name, w)
		names = append(names, name)
	}
	for _, c := range p.frames {
		c <- frame
	}
	p.close(names)
	return len(names)
}
