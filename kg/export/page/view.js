// The picture of the graph. Whatever draws it keeps to this interface, so that the rest of the page need not know which one it is:
// makeVisView (view_vis.js: vis-network as pyvis ships it, small and middle graphs), makeLargeView (view_large.js: large ones).
//
//   const view = makeVisView(box, graph, on)
//
// box    an empty element, positioned, whose size the page sets and may change at any time: the view follows it (ResizeObserver). The view
//        puts its canvas into it and is the only one to write there. The canvas takes no key strokes: keys.js calls the view.
// graph  what data.js makes of the page's data, never changed by a view. Nodes are numbered 0 … n-1 (= entities), lines 0 … m-1 (= pairs
//        of entities with at least one relation, in one direction):
//   nodes  {count, x, y, size: Float32Array, sort: Uint8Array, label: string[], community: Int32Array, rank: Uint32Array}
//          x, y: of the overview, graph units, y grows downwards; size: radius in graph units; sort: class, an index of styles;
//          community: an index of communities or -1; rank: all node numbers, the most important first
//   edges  {count, from, to: Uint32Array, planned: Uint8Array}   planned: 1 where all its relations are (drawn dashed)
//   communities  [{hub, x, y, radius, count}]   hub: the node it is named by; discs that do not overlap
//   styles [{shape: "dot"|"square"|"hexagon"|"diamond"|"triangle"|"triangleDown"|"star", hollow: boolean}]   colours come by theme()
// on     what the reader does to the picture: {node(number, event), edge(number), nothing(), hover({node} | {edge} | null),
//        moved(camera), dropped(node, x, y)}. moved: once, after the view has come to rest. dropped: a node was dragged to there.
//
// A view then has
//   show(nodes, edges)        Uint8Array flags (1 shown). A line is drawn where it and both its ends are flagged. Replaces what was shown.
//   place(places)             null: the overview's places, with the communities' discs and captions. Else {x, y: Float32Array,
//                             side: Int8Array (label right of the node 1, left -1, anywhere 0), size: Float32Array, hubs: Set of nodes it is
//                             about, curve: "" | "horizontal"}: places and sizes of a scene
//                             (the story, a neighbourhood, a path); no discs then. A node that was pinned stands where pin put it.
//   choose({nodes, edges, near, names})   nodes, edges: arrays of numbers that stand out; near: Uint8Array flags of nodes that keep their
//                             strength while all else fades (null: nothing fades; a line fades unless both its ends are near and it is
//                             chosen); names: Map line → text written on it
//   pin(node, place | null)   place {x, y}: it stands there, has a ring, and its label always shows; null: as before
//   inset({top, right, bottom, left})     CSS pixels of the box that something lies over; fit keeps out of them
//   fit(nodes | null, {glide, nearest})   move so that these (null: all that is shown) fill the view with room for their labels;
//                             nearest: the largest scale (1 unless told); glide: in 350 ms, at once where the reader wants less motion
//   camera()                  {x, y, scale}: the graph point in the middle of the box, CSS pixels a graph unit
//   setCamera({x, y, scale}, {glide})
//   at(node)                  {x, y} in CSS pixels of the box
//   theme({paper, ink, soft, line, strong, planned, mark, sorts: [colour by class]})   CSS colours; draws anew
//   labels()                  what is written now, for tests and for the SVG: [{text, node | edge | community, x, y, width, height, size,
//                             weight}], boxes in CSS pixels of the box: x, y of the upper left corner; none overlaps another
//   png(scale)                Promise<Blob>: what is seen, on paper, `scale` pixels a CSS pixel
//   strength(line, length)    how opaque one of many lines of so many CSS pixels is drawn, 0: not at all, null: as any; a view need not have it
//   counts()                  how many nodes and lines are drawn, of how many lines in view, and how long it took; large views only
//   rested()                  Promise: the picture is the true one (glides have ended, all that is to be seen is drawn)
//   destroy()
//
// The SVG is made by take_svg.js from graph, flags, places, camera and labels(), the same for all views. Shapes of nodes, fonts and the
// placing of labels are in marks.js and labels.js for all of them.
