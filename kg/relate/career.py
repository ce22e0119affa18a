"""What a life in brief tells: 王丽萍，女，1975年8月出生，…，石嘴山市政协常委、长胜街道办事处主任. The posts are the person's."""
